using System.Diagnostics;
using System.Globalization;
using MigrationPortal.Data.Postgres;
using MigrationPortal.Start;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Start;

public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task Start_PathWithSpaceAndQuote_ServesAndStopsCleanly()
    {
        using var directory = new TemporaryDirectory("it's the data of Contoso");
        await using (var server = await PrivatePostgres.StartAsync(directory.Path))
            Assert.Equal(1, await AskAsync(server));

        Assert.False(File.Exists(Path.Combine(directory.Path, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Start_PathTooLongForASocket_PutsTheSocketElsewhere()
    {
        using var directory = new TemporaryDirectory(new string('d', 120));
        await using var server = await PrivatePostgres.StartAsync(directory.Path);
        Assert.Equal(1, await AskAsync(server));
        Assert.DoesNotContain(directory.Path, server.Socket, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DirectoryInUse_SaysSoInOneSentence()
    {
        using var directory = new TemporaryDirectory();
        await using var first = await PrivatePostgres.StartAsync(directory.Path);
        var refused = await Assert.ThrowsAsync<StartupRefusedException>(() => PrivatePostgres.StartAsync(directory.Path));
        Assert.StartsWith($"Another portal is using the data directory {directory.Path}:", Assert.Single(refused.Sentences), StringComparison.Ordinal);
        Assert.Equal(1, await AskAsync(first));
    }

    [Fact]
    public async Task EnsureRunning_PostmasterKilledHard_RecoversWhatWasCommitted()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await PrivatePostgres.StartAsync(directory.Path);
        await ExecuteAsync(server, "create table kept (n int); insert into kept select generate_series(1, 1000)");
        await using (var pooled = new NpgsqlConnection(server.ConnectionString("postgres")))
            NpgsqlConnection.ClearPool(pooled);
        using (var postmaster = Process.GetProcessById(server.ProcessId!.Value))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        await server.EnsureRunningAsync(CancellationToken.None);
        Assert.Equal(1000, await AskAsync(server, "select count(*)::int from kept"));
    }

    [Fact]
    public async Task Start_HalfMadeCluster_IsMadeAgain()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "postgres.new"));
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "postgres.new", "half"), "made");
        await using var server = await PrivatePostgres.StartAsync(directory.Path);
        Assert.Equal(1, await AskAsync(server));
    }

    [Fact]
    public void Choose_DataOfANewerVersion_NamesBothVersions()
    {
        using var directory = new TemporaryDirectory("postgres");
        Directory.CreateDirectory(directory.Path);
        File.WriteAllText(Path.Combine(directory.Path, "PG_VERSION"), "99\n");
        var refused = Assert.Throws<StartupRefusedException>(() => PostgresBinaries.Choose([new(15, "/usr/lib/postgresql/15/bin")], directory.Path));
        Assert.Contains("was created by PostgreSQL 99, but this machine has 15: install postgresql-99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NoServerInstalled_NamesThePackage()
    {
        var refused = Assert.Throws<StartupRefusedException>(() => PostgresBinaries.Choose([], "/nowhere"));
        Assert.Contains("install the package postgresql-15", refused.Message, StringComparison.Ordinal);
    }

    private static Task<int> AskAsync(PrivatePostgres server) => AskAsync(server, "select 1");

    private static async Task<int> AskAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static bool IsRunning(int? process) => Directory.Exists($"/proc/{process?.ToString(CultureInfo.InvariantCulture)}");
}
