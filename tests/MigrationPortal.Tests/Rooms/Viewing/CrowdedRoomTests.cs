using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Viewing;

/// <summary>The people of a crowded room are there when the scan is: nobody waits until all of them are worked out.</summary>
public sealed class CrowdedRoomTests
{
    private const int People = RoomPeoplePart.Crowd + 120;

    [Fact]
    public async Task List_CrowdedRoomIsOpened_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var room = await FindAsync(world, "Hall");
        Page<RoomPerson>? page = null;

        var roles = await RowsRead.OfAsync(world.Database, "inventory_roles", ListAsync);
        var people = await RowsRead.OfAsync(world.Database, "inventory_principals", ListAsync);

        Assert.Equal((0L, 0L), (roles, people));
        Assert.Equal((People, 100), (page!.Total, page.Items.Count));

        async Task ListAsync() => page = await world.Get<RoomPeople>().ListAsync(room, Paging.Of(People - 150, 100), CancellationToken.None);
    }

    [Fact]
    public async Task List_CrowdedRoom_ListsWhomItWouldWorkOut()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var room = await FindAsync(world, "Hall");
        var kept = await AllAsync(world, room);
        await world.Database.ExecuteAsync("delete from portal.room_people");

        var workedOut = await AllAsync(world, room);

        Assert.Equal(People, kept.Count);
        Assert.Equal(workedOut.Select(Text), kept.Select(Text));
        Assert.Empty((await world.Get<RoomPeople>().ListAsync(room, Paging.Of(People + 1_000, 10), CancellationToken.None)).Items);
    }

    [Fact]
    public async Task List_OptionsHaveChanged_WorksOutOnceAndKeepsThat()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var room = await FindAsync(world, "Hall");
        await using (var db = await world.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var pair = await db.Set<PoolPair>().SingleAsync();
            pair.Options = pair.Options with { OutOfScope = OutOfScope.Admit };
            await db.SaveChangesAsync();
        }

        Assert.NotEqual(0, await RowsRead.OfAsync(world.Database, "inventory_roles", () => AllAsync(world, room)));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(distinct version) from portal.room_people"));
        using var other = new KeptPeople();
        var node = new RoomPeople(
            world.Get<IDbContextFactory<PortalDbContext>>(), world.Get<MigrationPortal.Rooms.Scanning.RoomInventory>(), world.Get<PoolPairQueries>(), other, world.Get<CrowdedRooms>());
        Assert.Equal(0, await RowsRead.OfAsync(world.Database, "inventory_roles", async () =>
            Assert.Equal(People, (await node.ListAsync(room, Paging.Of(0, 100), CancellationToken.None)).Total)));
    }

    [Fact]
    public async Task Scan_RoomThatIsNotCrowded_KeepsNobody()
    {
        await using var world = await BatchWorld.StartAsync();

        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.room_people"));
    }

    private static PoolBuilder Pool()
    {
        var pool = new PoolBuilder().Category("Trading").Room("Hall", "Trading").Room("Desk", "Trading");
        foreach (var number in Enumerable.Range(0, People))
            pool.Principal($"person {number}").Member("Hall", $"person {number}");
        return pool.Principal("kim").Member("Desk", "kim");
    }

    private static async Task<RoomView> FindAsync(BatchWorld world, string name) =>
        (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync(name), CancellationToken.None))!;

    private static async Task<List<RoomPerson>> AllAsync(BatchWorld world, RoomView room)
    {
        var people = new List<RoomPerson>();
        for (var skip = 0; skip < People; skip += 700)
            people.AddRange((await world.Get<RoomPeople>().ListAsync(room, Paging.Of(skip, 700), CancellationToken.None)).Items);
        return people;
    }

    private static string Text(RoomPerson person) =>
        $"{person.Guid} {person.Name} {person.Kind} {person.Change} {string.Join('+', person.Legacy)} {string.Join('+', person.Planned)} {string.Join('+', person.New)} {string.Join('+', person.Why)}";
}
