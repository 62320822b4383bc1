using MigrationPortal.Data.Postgres;
using MigrationPortal.Start;

namespace MigrationPortal.Tests.Shared;

/// <summary>
/// One PostgreSQL per test process, started by the first test that asks. tests/run.sh says where (<c>MIGRATIONPORTAL_TEST_DATA</c>) and removes it.
/// Otherwise its directory stays for the next run, so that only the very first pays for initdb; a run that was killed leaves a server that the next one adopts.
/// </summary>
internal static class TestServer
{
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);

    private static readonly string Folder = Environment.GetEnvironmentVariable("MIGRATIONPORTAL_TEST_DATA") is { Length: > 0 } given
        ? $"{given}/server"
        : $"/tmp/migrationportal-tests-{Environment.UserName}";

    public static Task<PrivatePostgres> GetAsync() => Server.Value;

    private static async Task<PrivatePostgres> StartAsync()
    {
        for (var slot = 0; ; slot++)
        {
            try
            {
                // Statistics that come when they will give a statement another plan in one run in a hundred, and count as connections.
                var server = await PrivatePostgres.StartAsync(
                    $"{Folder}-{slot}", settings: ["fsync=off", "synchronous_commit=off", "max_connections=300", "autovacuum=off"]);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => server.StopAsync().GetAwaiter().GetResult();
                await TestDatabase.DropLeftoversAsync(server);
                return server;
            }
            catch (StartupRefusedException refusal) when (refusal.Message.StartsWith("Another portal", StringComparison.Ordinal) && slot < 16)
            {
                // Another test process has this slot.
            }
        }
    }
}
