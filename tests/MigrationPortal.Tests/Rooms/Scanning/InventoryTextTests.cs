using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Scanning;

/// <summary>Text that SQL Server holds and PostgreSQL does not, from the inventory to the rows of a new pool.</summary>
public sealed class InventoryTextTests : IAsyncLifetime
{
    private const string Half = "Party \uD83D";
    private const string Zero = "before\0after";

    private TestDatabase _portal = null!;

    public async Task InitializeAsync() => _portal = await TestDatabase.CreatePortalAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    // As a name says it by itself: only the reading tells it from a unit that was written out.
    private const string Looking = "a ⟦U+0041⟧ b";

    private static PoolBuilder Pool() => new PoolBuilder().Principal("Ines").Category("Desk")
        .Room("Spot", "Desk", n => n with { Name = Half }).Room("Hall", "Desk", n => n with { Description = Zero, Topic = Half });

    [Fact]
    public async Task Write_TextOfSqlServer_ReadsBackVisible()
    {
        var nodes = (await KeepAsync(Pool().Build())).Nodes;

        Assert.Contains(nodes, n => n.Name == "Party ⟦U+D83D⟧" && VisibleText.Raw(n.Name) == Half);
        Assert.Contains(nodes, n => n.Description == "before⟦U+0000⟧after" && VisibleText.Raw(n.Description) == Zero);
    }

    [Fact]
    public async Task Write_TextAsSqlServerAnswersIt_ComesBackUnitByUnit()
    {
        foreach (var raw in new[] { Half, Zero, Looking })
        {
            var kept = (await KeepAsync(new PoolBuilder().Category("Desk").Room("Spot", "Desk", n => n with { Description = Read(raw) }).Build())).Nodes.Single(x => x.Name == "Spot");

            Assert.Equal(raw, VisibleText.Raw(kept.Description));
        }
    }

    [Fact]
    public async Task Write_FaultsAndWidths_ReadBackAsTheyWere()
    {
        RowFault[] faults =
        [
            new("tblNode", "nodeGuid", "nodeID 9", new("Fault.Null")) { NodeId = 9, Blocks = true },
            new("tblPrincipal", "prinUri", "prinID 15", new("Fault.Assumed", new Wording("Assumed.NoDate"))) { PrincipalId = 15, Blocks = true, Rows = 3 },
        ];
        ColumnWidth[] widths = [new("tblNode", "nodeDesc", 128)];

        var kept = await KeepAsync(Pool().Build() with { Faults = faults, Widths = widths });

        Assert.Equal(faults, kept.Faults);
        Assert.Equal(widths, kept.Widths);
    }

    [Fact]
    public async Task Plan_TextOfSqlServer_HasAFingerprintOfItsOwnAndWritesTheUnits()
    {
        var one = Plan(await KeepAsync(Pool().Build()));
        var other = Plan(await KeepAsync(Pool().Change(Half, n => n with { Name = "Party \uD83E" }).Build()));
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);

        await using var target = await TestDatabase.CreateNewAsync();
        await using var session = ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).OpenForReadingAsync(new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.PostgreSql, target.ConnectionString), CancellationToken.None));
        var facts = ChatWorld.Done(await TargetFacts.ReadAsync(session, TimeProvider.System.GetUtcNow(), CancellationToken.None));
        var tables = new PlannedRows(one, new IdMap(one, IdAllocator.Allocate(one, facts)), facts, SqlDialect.For(SqlProvider.SqlServer)).List();
        var written = tables.SelectMany(x => x.Rows).SelectMany(x => x).OfType<string>().ToList();
        Assert.Contains(Half, written);
        Assert.Contains(Zero, written);
    }

    // A table in memory holds any UTF-16 as nvarchar does.
    private static string Read(string raw)
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("nodeDesc", typeof(string));
        table.Rows.Add(raw);
        using var reader = table.CreateDataReader();
        Assert.True(reader.Read());
        return new ChatRow(reader, new RowShape("tblNode", ["nodeDesc"], 1), new RowFaults()).Text(0)!;
    }

    private static MigrationPlan Plan(ChatPool legacy)
    {
        var result = Planner.Plan(new PlanRequest(
            legacy, new PoolBuilder().Build(), legacy.Nodes.Where(n => !n.IsCategory).Select(n => n.Guid).ToHashSet(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())
        {
            NewProvider = SqlProvider.SqlServer,
        });
        Assert.DoesNotContain(result.Findings, f => f.Severity == MigrationPortal.Engine.Severity.Blocker);
        return result.Plan;
    }

    private async Task<ChatPool> KeepAsync(ChatPool pool)
    {
        await using var connection = await _portal.OpenAsync();
        var scan = Random.Shared.NextInt64();
        await InventoryWriter.WriteAsync(connection, scan, isLegacy: true, pool, CancellationToken.None);
        return await new Inventory(new Databases(_portal)).LoadAsync(scan, isLegacy: true, CancellationToken.None);
    }

    private sealed class Databases(TestDatabase portal) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => portal.OpenPortal();
    }
}
