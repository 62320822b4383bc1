using Microsoft.EntityFrameworkCore;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Scanning;

public sealed class ScanPoolsTests : IAsyncLifetime
{
    private TestDatabase _legacy = null!;
    private TestDatabase _new = null!;
    private PortalApp _portal = null!;

    private static readonly Caller Planner = new("planner", "Planner", new HashSet<Role> { Role.Planner });

    public async Task InitializeAsync()
    {
        _legacy = await TestDatabase.CreateLegacyAsync();
        _new = await TestDatabase.CreateNewAsync();
        await _legacy.WriteLegacyAsync(Pool().Build());
        _portal = await PortalApp.StartAsync(_legacy, _new);
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _new.DisposeAsync();
        await _legacy.DisposeAsync();
    }

    private static PoolBuilder Pool()
    {
        var pool = new PoolBuilder().Principal("Ines").Category("Trading").Category("FX", "Trading")
            .Room("Spot", "FX", n => n with { Topic = "today", Invite = true, Behavior = "auditorium" }).Room("Hall", "Trading").Member("Spot", "Ines");
        return pool.Messages("Spot", 20, pool.PrincipalIdOf("Ines"));
    }

    [Fact]
    public async Task Scan_MessagesThatTheNewColumnDoesNotTake_AreAmongItsFaults()
    {
        await _new.ExecuteAsync("alter table tblChat alter content type varchar(100)");
        await _legacy.ExecuteAsync("update tblChat set content = repeat('x', 101) where chatId in (2, 4)");

        await ScanWellAsync();

        Assert.Equal("tblChat.content 2", await _portal.Database.ScalarAsync<string>("select \"table\" || '.' || \"column\" || ' ' || rows from portal.inventory_faults where is_legacy and blocks"));
    }

    private async Task ScanWellAsync() => Assert.Null((await ScanAsync()).Error);

    private async Task<Scan> ScanAsync()
    {
        var scan = await _portal.Get<RequestScanHandler>().HandleAsync(new RequestScan("contoso"), Planner, CancellationToken.None);
        Assert.True(scan.IsDone, scan.Refusal?.Message);
        return await Eventually.GetAsync(
            () => _portal.Get<ScanQueries>().FindLatestAsync("contoso", CancellationToken.None),
            s => s is { State: ScanState.Completed or ScanState.Failed });
    }

    private async Task<List<RoomPair>> PairsAsync()
    {
        await using var db = _portal.Database.OpenPortal();
        return await (
            from pool in db.Set<PoolPair>()
            join pair in db.Set<RoomPair>() on pool.CurrentScanId equals pair.ScanId
            orderby pair.LegacyName
            select pair).ToListAsync();
    }

    [Fact]
    public async Task Scan_BothSides_GivesOneRowAPair()
    {
        await ScanWellAsync();

        var spot = (await PairsAsync()).Single(p => p.LegacyName == "Spot");
        Assert.Equal((Comparison.OnlyLegacy, "Trading / FX", 20L, "Auditorium", 1), (spot.Comparison, spot.Category, spot.LegacyMessageCount, spot.LegacyType, spot.LegacyMemberCount));
        await using var db = _portal.Database.OpenPortal();
        var lines = (await db.Set<RoomPairProperties>().SingleAsync(x => x.ScanId == spot.ScanId && x.RoomId == spot.RoomId)).Lines;
        Assert.Equal("TopicDropped", lines.Single(p => p.Property == "Topic").Code);
        Assert.Equal("Trading - FX - Spot", lines.Single(p => p.Property == "Name").Planned);
    }

    [Fact]
    public async Task Scan_Inventory_ReadsBackAsItWasScanned()
    {
        var scan = await ScanAsync();

        var read = await _portal.Get<Inventory>().LoadAsync(scan.Id, true, CancellationToken.None);

        var source = Pool().Build();
        Assert.Equal(source.Nodes.Select(n => (n.NodeId, n.Guid, n.Name, n.Invite, n.Behavior)), read.Nodes.Select(n => (n.NodeId, n.Guid, n.Name, n.Invite, n.Behavior)));
        Assert.Equal(source.Principals.Select(p => (p.PrincipalId, p.Guid, p.Type)), read.Principals.Select(p => (p.PrincipalId, p.Guid, p.Type)));
        Assert.Equal(source.Roles.Select(r => (r.NodeId, r.PrincipalId, r.Type)), read.Roles.Select(r => (r.NodeId, r.PrincipalId, r.Type)));
        var written = read.Messages.Single(m => m.Count == 20);
        Assert.Equal([source.Principals[2].PrincipalId], written.Authors);
        Assert.Equal([written.LastTicks!.Value], written.AuthorsLastTicks);
    }

    [Fact]
    public async Task Scan_RoomVanished_StaysListedWithItsIdAndNewOnesGetTheirOwn()
    {
        await ScanWellAsync();
        var before = (await PairsAsync()).Single(p => p.LegacyName == "Hall");
        await _legacy.ExecuteAsync("delete from tblNode where nodeName = 'Hall'");

        await ScanWellAsync();

        var after = (await PairsAsync()).Single(p => p.LegacyName == "Hall");
        Assert.True(after.IsVanished);
        Assert.Equal(before.RoomId, after.RoomId);
        Assert.False((await PairsAsync()).Single(p => p.LegacyName == "Spot").IsVanished);
    }

    [Fact]
    public async Task Scan_SourceIsNoChatDatabaseAnyMore_FailsInOneSentenceAndKeepsTheInventory()
    {
        await ScanWellAsync();
        await _legacy.ExecuteAsync("alter table tblNode rename to other");

        var scan = await ScanAsync();

        Assert.Equal(ScanState.Failed, scan.State);
        Assert.Contains("tblNode", scan.Error?.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, (await PairsAsync()).Count);
    }

    [Fact]
    public async Task RequestScan_AsViewer_IsRefused()
    {
        var outcome = await _portal.Get<RequestScanHandler>().HandleAsync(
            new RequestScan("contoso"), new Caller("viewer", "Viewer", new HashSet<Role> { Role.Viewer }), CancellationToken.None);

        Assert.Equal(RefusalKind.NotAllowed, outcome.Refusal?.Kind);
    }
}
