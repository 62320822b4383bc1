using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Rooms.Viewing;

/// <summary>A room's people come out of a part of the scan, a page at a time, as they would out of all of it.</summary>
public sealed class RoomInventoryTests
{
    [Fact]
    public async Task Load_PartOfTheScan_PlansEveryRoomAsTheWholeScanDoes()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var scan = await world.Database.ScalarAsync<long>("select current_scan_id from portal.pool_pairs limit 1");
        var whole = await world.Get<Inventory>().LoadAsync(scan, isLegacy: true, CancellationToken.None);
        var target = await world.Get<Inventory>().LoadAsync(scan, isLegacy: false, CancellationToken.None);
        await using var db = await world.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        foreach (var room in whole.Nodes.Where(x => !x.IsCategory))
        {
            var (part, there) = await RoomInventory.LoadAsync(db, scan, room.NodeId, CancellationToken.None);

            Assert.True(part.Nodes.Count < whole.Nodes.Count);
            Assert.Equal(Rights(whole, target, room.Guid), Rights(part, there, room.Guid));
        }
    }

    [Fact]
    public async Task List_ByPages_GivesEverybodyOnce()
    {
        var pool = new PoolBuilder().Category("Trading").Room("Desk", "Trading");
        foreach (var number in Enumerable.Range(0, 25))
            pool.Principal($"person {number}").Member("Desk", $"person {number}");
        await using var world = await BatchWorld.StartAsync(pool);
        var view = (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync("Desk"), CancellationToken.None))!;

        var pages = new List<Page<RoomPerson>>();
        for (var skip = 0; skip < 30; skip += 10)
            pages.Add(await world.Get<RoomPeople>().ListAsync(view, Paging.Of(skip, 10), CancellationToken.None));

        Assert.All(pages, x => Assert.Equal(25, x.Total));
        Assert.Equal([10, 10, 5], pages.Select(x => x.Items.Count));
        Assert.Equal(25, pages.SelectMany(x => x.Items).Select(x => x.Guid).Distinct().Count());
    }

    private static PoolBuilder Pool() => new PoolBuilder()
        .Principal("ann").Principal("bob").Principal("cid").Category("Trading").Category("Rates", "Trading").Category("Research")
        .Room("Desk", "Trading").Room("Swaps", "Rates").Room("Library", "Research")
        .Member("Trading", "ann").Member("Desk", "bob").Member("Swaps", "cid").Member("Library", "ann").Member("Library", "bob");

    private static IEnumerable<string> Rights(MigrationPortal.Engine.ChatPool legacy, MigrationPortal.Engine.ChatPool target, Guid room) =>
        Planner.PlanUnchecked(new PlanRequest(legacy, target, new HashSet<Guid> { room }, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Rooms
            .SelectMany(x => x.Decisions).Where(x => x.Principal is not null).Select(x => x.ToString()).Order(StringComparer.Ordinal);
}
