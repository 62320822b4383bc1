using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;
using Npgsql;

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
    public async Task Migrate_DatabaseOfTheFirstMigration_ComesUp()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.OpenPortal())
            await db.GetInfrastructure().GetRequiredService<IMigrator>().MigrateAsync("20261121000001_Foundation");

        await PortalDatabase.MigrateAsync(database.ConnectionString);
        await using var after = database.OpenPortal();
        Assert.Empty(await after.Database.GetPendingMigrationsAsync());
        Assert.Equal(1, await database.ScalarAsync<int>("select count(*) from pg_namespace where nspname = 'jobs'"));
    }

    [Fact]
    public async Task Migrate_SeveralNodesAtOnce_AllSucceed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PortalDatabase.MigrateAsync(database.ConnectionString)));
        await using var db = database.OpenPortal();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
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
