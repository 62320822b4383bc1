using System.Diagnostics;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Samples.ChatSchema;
using Npgsql;

namespace MigrationPortal.Bench;

/// <summary>Two fresh chat databases on a server that may be filled: rooms of equal size, 120 characters a message, 5 000 authors.</summary>
internal sealed class BenchServer(string server)
{
    private const int Authors = 5_000;

    public ChatDatabase Legacy => new(ChatProduct.LyncGroupChat2010, SqlProvider.PostgreSql, At("bench_legacy"));

    public ChatDatabase Target => new(ChatProduct.LyncPersistentChat2013, SqlProvider.PostgreSql, At("bench_new"));

    public string At(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false, CommandTimeout = 0 }.ConnectionString;

    public async Task CreateAsync(int rooms, int messagesPerRoom)
    {
        await CreateLegacyAsync(rooms, messagesPerRoom);
        await RecreateTargetAsync();
    }

    public async Task RecreateTargetAsync() => await RecreateAsync("bench_new", ChatProduct.LyncPersistentChat2013);

    public async Task CreateEmptyAsync(string database, string ddl)
    {
        await ExecuteAsync("postgres", $"drop database if exists {database} with (force)");
        await ExecuteAsync("postgres", $"create database {database}");
        await ExecuteAsync(database, ddl);
    }

    /// <summary>The connection as psql takes it.</summary>
    public static string Quote(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"-h '{settings.Host}' -p {settings.Port} -U '{settings.Username}' -d '{settings.Database}'";
    }

    public async Task<MigrationPlan> PlanAsync()
    {
        var legacy = await ChatPoolReader.ReadAsync(Legacy, null, CancellationToken.None);
        var target = await ChatPoolReader.ReadAsync(Target, null, CancellationToken.None);
        if ((legacy.Refusal ?? target.Refusal) is { } refusal) throw new InvalidOperationException(refusal.Message);
        var rooms = legacy.Value!.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        return Planner.Plan(new PlanRequest(legacy.Value, target.Value!, rooms, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Plan;
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(At(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string database, string table)
    {
        await using var connection = new NpgsqlConnection(At(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<TimeSpan> ShellAsync(string script)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("bash", ["-o", "pipefail", "-ec", script]))!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"The reference failed: {script}");
    }

    private async Task CreateLegacyAsync(int rooms, int messagesPerRoom)
    {
        await RecreateAsync("bench_legacy", ChatProduct.LyncGroupChat2010);
        await ExecuteAsync("bench_legacy", $"""
            insert into tblPrincipal values (1, gen_random_uuid(), 'ma-grp:system', 'System', null, null, null, null, false, 4, 0, true, 1, 1, 1, 1, '2012-01-01');
            insert into tblPrincipal select i, gen_random_uuid(), 'sip:u' || i || '@contoso.com', 'User ' || i, null, null, 'CN=u' || i || ',OU=Staff,DC=contoso,DC=com', null, false, 5, 0, true, 1, 1, 1, 1, '2012-01-01'
                from generate_series(2, {Authors + 1}) i;
            insert into tblNode select i, gen_random_uuid(), case when i <= 2 then 1 else 2 end, i <= 2, 'Node ' || i, '', '', null, false, true, false, true, true, true, false, null, 4, 3, 1, 1, null, 1, 1, 1, 1
                from generate_series(1, {rooms + 2}) i;
            insert into tblScopePrincipal select 1, i, 1 from generate_series(2, {Authors + 1}) i;
            insert into tblChat select r, i, 635000000000000000 + i, 2 + (i * 7 + r) % {Authors}, i % 50 = 0, rpad('Message ' || i || ' of room ' || r || ': ', 60 + (i * 31) % 121, 'lorem ipsum dolor sit amet ')
                from generate_series(3, {rooms + 2}) r, generate_series(1, {messagesPerRoom}) i;
            insert into tblLastChatId select r, {messagesPerRoom} from generate_series(3, {rooms + 2}) r;
            """);
        await ExecuteAsync("bench_legacy", "vacuum analyze");
    }

    private Task RecreateAsync(string database, ChatProduct product) => CreateEmptyAsync(database, ChatSchemas.Ddl(product));
}
