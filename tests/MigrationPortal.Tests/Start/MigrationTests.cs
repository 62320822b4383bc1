using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;
using Npgsql;
using Quartz;

namespace MigrationPortal.Tests.Start;

public sealed class MigrationTests
{
    private const string Columns =
        "select table_name || '.' || column_name || ' ' || data_type || case is_nullable when 'YES' then ' null' else '' end from information_schema.columns where table_schema = 'portal'";

    private const string Indexes = "select indexdef from pg_indexes where schemaname = 'portal'";

    [Fact]
    public async Task Migrations_MakeWhatTheModelSays()
    {
        await using var migrated = await TestDatabase.CreatePortalAsync();
        await using var modelled = await TestDatabase.CreateAsync();
        await using var db = modelled.OpenPortal();
        await db.Database.EnsureCreatedAsync();
        var tables = db.Model.GetEntityTypes().Select(x => x.GetTableName()!).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(await LinesAsync(modelled, Columns, tables, Table), await LinesAsync(migrated, Columns, tables, Table));
        var missing = (await LinesAsync(modelled, Indexes, tables, IndexedTable)).Except(await LinesAsync(migrated, Indexes, tables, IndexedTable), StringComparer.Ordinal);
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Model_HasNoChangeWithoutAMigration()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.OpenPortal();
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: run 'dotnet ef migrations add NAME --project src/MigrationPortal' (docs/decisions/0014-migrations.md).");
    }

    [Theory]
    [InlineData("20261121000001_Foundation")]
    [InlineData("20261121183000_RightChanges")]
    public async Task Migrate_DatabaseOfAnEarlierPortal_ComesUp(string last)
    {
        await using var database = await TestDatabase.CreateAsync();
        await MigrateToAsync(database, last);
        Assert.Equal(last, await database.ScalarAsync<string>("select max(\"MigrationId\") from portal.__migrations"));

        await PortalDatabase.MigrateAsync(database.ConnectionString);
        await using var after = database.OpenPortal();
        Assert.Empty(await after.Database.GetPendingMigrationsAsync());
        Assert.Equal(SqlMigrations.Ids, (await after.Database.GetAppliedMigrationsAsync()).Take(SqlMigrations.Ids.Length));
    }

    /// <summary>A job is stored by its class's full name, and the sweep adds none where one is: one that cannot be loaded would never be worked on.</summary>
    [Fact]
    public async Task Migrate_JobsOfAnEarlierVersionAreWaiting_NameClassesThatAreThere()
    {
        await using var database = await TestDatabase.CreateAsync();
        await MigrateToAsync(database, "20261121183000_RightChanges");
        await database.ExecuteAsync("create schema if not exists jobs; create table jobs.qrtz_job_details (job_name text, job_class_name text)");
        foreach (var job in (string[])["RunBatchJob", "ScanJob", "UndoBatchJob", "VerifyBatchJob"])
            await database.ExecuteAsync($"insert into jobs.qrtz_job_details values ('{job}', 'MigrationPortal.Jobs.{job}, MigrationPortal')");

        await PortalDatabase.MigrateAsync(database.ConnectionString);
        foreach (var job in (string[])["RunBatchJob", "ScanJob", "UndoBatchJob", "VerifyBatchJob"])
        {
            var name = await database.ScalarAsync<string>($"select job_class_name from jobs.qrtz_job_details where job_name = '{job}'");
            Assert.True(typeof(IJob).IsAssignableFrom(Type.GetType(name)), name);
        }
    }

    [Fact]
    public async Task Migrate_CommentsOfAnEarlierVersion_AreThreadsOfTheirOwn()
    {
        await using var database = await TestDatabase.CreateAsync();
        await MigrateToAsync(database, "20261121183000_RightChanges");
        await database.ExecuteAsync("insert into portal.batch_comments (id, batch_id, by, at, text) values (7, 3, 'anna', now(), 'Why now?')");
        await PortalDatabase.MigrateAsync(database.ConnectionString);
        Assert.Equal("7 7 3 anna Why now?", await database.ScalarAsync<string>(
            "select concat_ws(' ', t.id, c.id, t.batch_id, c.by, c.text) from portal.threads t join portal.comments c on c.thread_id = t.id"));
        Assert.Equal(8, await database.ScalarAsync<long>("insert into portal.threads (batch_id, anchor_kind, anchor_key, must, by, at) values (3, 'Batch', '', false, 'anna', now()) returning id"));
    }

    [Fact]
    public async Task Migrate_ThreadsAndDeltaLinesWithoutRooms_StayAsTheyWere()
    {
        await using var database = await TestDatabase.CreateAsync();
        await MigrateToAsync(database, SqlMigrations.Ids[^1]);
        await using (var db = database.OpenPortal())
            await db.Database.MigrateAsync("20261127222654_PartVerifications");
        await database.ExecuteAsync("""
            insert into portal.deltas (id, batch_id, review_id, fingerprint, state, requested_by, requested_at, change_count) values (5, 3, 4, 'f', 'InReview', 'olga', now(), 1);
            insert into portal.delta_lines (delta_id, number, kind, subject, property, new) values (5, 1, 'Room', 'General', 'Member', 'Kim');
            insert into portal.threads (batch_id, anchor_kind, anchor_key, must, by, at) values (3, 'DeltaLine', 'Member::General · Kim', false, 'anna', now()), (3, 'Run', '7', false, 'anna', now());
            insert into portal.threads (batch_id, anchor_kind, anchor_key, room_id, must, by, at) select 3, 'Room', i::text, i, false, 'anna', now() from generate_series(1, 2000) i;
            """);

        await PortalDatabase.MigrateAsync(database.ConnectionString);

        Assert.Equal("Room General Member Kim", await database.ScalarAsync<string>("select concat_ws(' ', room_id, kind, subject, property, new) from portal.delta_lines"));
        Assert.Equal(2002, await database.ScalarAsync<int>("select count(*) from portal.threads"));
        await database.ExecuteAsync("analyze portal.threads");
        foreach (var (condition, index) in new[] { ("room_id = 12", "ix_threads_room"), ("anchor_kind = 'Run' and anchor_key = '7'", "ix_threads_anchor") })
            Assert.Contains(index, await PlanAsync(database, $"select * from portal.threads where {condition}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_SeveralNodesAtOnce_AllSucceed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PortalDatabase.MigrateAsync(database.ConnectionString)));
        await using var db = database.OpenPortal();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(1, await database.ScalarAsync<int>("select count(*) from pg_namespace where nspname = 'jobs'"));
    }

    private static async Task<string> PlanAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"explain (format json) {sql}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task MigrateToAsync(TestDatabase database, string last)
    {
        await using var db = database.OpenPortal();
        await using var connection = await database.OpenAsync();
        await SqlMigrations.ApplyAsync(db, connection, last);
    }

    private static string Table(string line) => line.Split('.')[0];

    // CREATE UNIQUE INDEX ux_rooms_guid ON portal.rooms USING btree (pool_pair_id, guid)
    private static string IndexedTable(string line) => line.Split(" ON portal.")[1].Split(' ')[0];

    private static async Task<List<string>> LinesAsync(TestDatabase database, string sql, HashSet<string> tables, Func<string, string> tableOf)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return [.. lines.Where(x => tables.Contains(tableOf(x))).Order(StringComparer.Ordinal)];
    }
}
