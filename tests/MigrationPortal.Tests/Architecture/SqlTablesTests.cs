using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Architecture;

/// <summary>What <see cref="FeatureOrderTests"/> hold for types, for the tables that statements written as text name.</summary>
public sealed class SqlTablesTests(ITestOutputHelper output)
{
    private const string Root = "MigrationPortal";

    private static readonly Lazy<SqlTables> Texts = new(() => new(typeof(Program).Assembly.Location, Root, Owners()));

    // Each goes through a list of tables that stands beside it.
    private static readonly string[] WritersOfComputed = ["Rooms.Scanning.InventoryCopy", "Rooms.Scanning.ScanSql"];

    // Written and read as text only, so no mapping says whose they are.
    private static readonly Dictionary<string, string> Unmapped = new(StringComparer.Ordinal)
    {
        ["audit_head"] = "Audit",
        ["sign_in_failures"] = "SignIn",
        ["inventory_nodes"] = "Rooms",
        ["inventory_principals"] = "Rooms",
        ["inventory_affiliations"] = "Rooms",
        ["inventory_roles"] = "Rooms",
        ["inventory_scopes"] = "Rooms",
        ["inventory_add_ins"] = "Rooms",
        ["inventory_messages"] = "Rooms",
        ["inventory_faults"] = "Rooms",
        ["inventory_widths"] = "Rooms",
        ["inventory_files"] = "Files",
        ["inventory_file_links"] = "Files",
        ["ledger_files"] = "Files",
        ["ledger_ids"] = "Runs",
        ["ledger_rows"] = "Runs",
        ["ledger_pages"] = "Runs",
    };

    [Fact]
    public void Texts_TablesOfAnotherFeature_AreOfOneThatStandsBefore()
    {
        var uses = Texts.Value.All.Where(x => !IsMigration(x.From)).ToList();
        foreach (var group in uses.GroupBy(x => (x.FromFolder, x.ToFolder)).OrderBy(x => x.Key))
            output.WriteLine($"{group.Key.FromFolder,-14}{group.Key.ToFolder,-14}{Names(group.Select(x => x.To))} ({Names(group.Select(x => x.From.Split('.')[^1]))})");
        var rank = FeatureOrder.Portal.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i);
        Assert.NotEmpty(uses);
        Assert.Equal([], uses.Where(x => rank[x.ToFolder] > rank[x.FromFolder]).Select(x => x.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Texts_TablesOfAnotherFeature_AreNotWritten() =>
        Assert.Equal([], Texts.Value.Writes.Where(x => !IsMigration(x.From)).Select(x => x.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Texts_WritesOfATableThatIsComputed_AreOfAFeaturesOwn() => Assert.Equal(WritersOfComputed, Texts.Value.Computed.Where(x => !IsMigration(x)));

    [Fact]
    public async Task Tables_EachOfThePortalsDatabase_HaveAnOwner()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var tables = await db.Database.SqlQuery<string>($"SELECT table_name AS \"Value\" FROM information_schema.tables WHERE table_schema = 'portal'").ToListAsync();
        // Quartz and EF Core have their own.
        Assert.Equal([], tables.Except(Owners().Keys).Where(x => x is not "__migrations" && !x.StartsWith("qrtz_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal([], Owners().Keys.Except(tables).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SELECT 1 FROM portal.rooms r", "rooms")]
    [InlineData("delete from batches where id = $1", "batches")]
    [InlineData("from portal.room_pairs, portal.scans", "scans")]
    [InlineData("exists (select from ledger_ids)", "ledger_ids")]
    public void Named_Text_FindsTheTable(string text, string table) => Assert.Contains(table, SqlTables.Named(text));

    [Theory]
    [InlineData("insert into portal.rooms (id) select 1 from portal.scans", "rooms")]
    [InlineData("INSERT INTO batches VALUES (1) ON CONFLICT (id) DO UPDATE SET name = ''", "batches")]
    [InlineData("with gone as (delete from portal.ledger_rows) select 1", "ledger_rows")]
    [InlineData("update only portal.room_pairs p set category = r.category from rooms r", "room_pairs")]
    [InlineData("copy portal.ledger_ids (id) from stdin", "ledger_ids")]
    [InlineData("truncate table scans", "scans")]
    public void Written_Text_FindsTheTableAndNoOther(string text, string table) => Assert.Equal([table], SqlTables.Written(text).Intersect(Owners().Keys));

    [Theory]
    [InlineData("select 1 from portal.rooms for update skip locked")]
    [InlineData("analyze portal.room_pairs (scan_id)")]
    public void Written_Reading_FindsNone(string text) => Assert.Empty(SqlTables.Written(text).Intersect(Owners().Keys));

    [Theory]
    [InlineData("delete from portal.")]
    [InlineData("copy portal.inventory_{0} from stdin")]
    public void WritesComputed_NameOpenAtTheEnd_IsFound(string text) => Assert.True(SqlTables.WritesComputed(text));

    // A migration makes the tables of all.
    private static bool IsMigration(string name) => name.StartsWith("Data.Migrations.", StringComparison.Ordinal);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Distinct().Order(StringComparer.Ordinal));

    // A table belongs to the feature that maps it.
    private static Dictionary<string, string> Owners()
    {
        var owners = new Dictionary<string, string>(Unmapped, StringComparer.Ordinal);
        foreach (var mapping in typeof(Program).Assembly.GetTypes().Where(x => x.IsClass && !x.IsAbstract))
        {
            foreach (var mapped in mapping.GetInterfaces().Where(x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)))
            {
                var model = new ModelBuilder();
                var entity = typeof(ModelBuilder).GetMethods().First(x => x is { Name: "Entity", IsGenericMethod: true } && x.GetParameters().Length == 0).MakeGenericMethod(mapped.GenericTypeArguments[0]).Invoke(model, []);
                mapped.GetMethod("Configure")!.Invoke(Activator.CreateInstance(mapping, nonPublic: true), [entity]);
                if (((EntityTypeBuilder)entity!).Metadata is { } type && type.GetSqlQuery() is null && type.GetTableName() is { } table)
                    owners[table] = mapping.Namespace![(Root.Length + 1)..].Split('.')[0];
            }
        }

        return owners;
    }
}
