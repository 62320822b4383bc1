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

/// <summary>A pool with one crowded room, and its people as a page reads them.</summary>
internal static class Crowd
{
    public const int People = RoomPeoplePart.Crowd + 120;

    public static async Task ChangeOptionsAsync(BatchWorld world)
    {
        await using var db = await world.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var pair = await db.Set<PoolPair>().SingleAsync();
        pair.Options = pair.Options with { OutOfScope = OutOfScope.Admit };
        await db.SaveChangesAsync();
    }

    // On another node, which remembers nothing.
    public static async Task<List<RoomPerson>> ReadPartsAsync(BatchWorld world, RoomView room)
    {
        using var nothing = new KeptPeople();
        var node = new RoomPeople(world.Get<IDbContextFactory<PortalDbContext>>(), nothing);
        List<RoomPerson> listed = [];
        Assert.Equal(0, await RowsRead.OfAsync(world.Database, "inventory_roles", async () => listed = await AllAsync(node, room)));
        return listed;
    }

    public static async Task IsAsWorkedOutAsync(BatchWorld world, RoomView room, List<RoomPerson> listed)
    {
        await world.Database.ExecuteAsync("delete from portal.room_people");
        Assert.Equal((await AllAsync(world, room)).Select(Text), listed.Select(Text));
    }

    public static PoolBuilder Pool()
    {
        var pool = new PoolBuilder().Category("Trading").Room("Hall", "Trading").Room("Desk", "Trading");
        foreach (var number in Enumerable.Range(0, People))
            pool.Principal($"person {number}", path: $"CN=person {number},DC={(number % 7 == 0 ? "fabrikam" : "contoso")},DC=com").Member("Hall", $"person {number}");
        return pool.Principal("kim").Member("Desk", "kim");
    }

    public static async Task<RoomView> FindAsync(BatchWorld world, string name) =>
        (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync(name), CancellationToken.None))!;

    public static Task<List<RoomPerson>> AllAsync(BatchWorld world, RoomView room) => AllAsync(world.Get<RoomPeople>(), room);

    public static async Task<List<RoomPerson>> AllAsync(RoomPeople node, RoomView room)
    {
        var people = new List<RoomPerson>();
        for (var skip = 0; skip < People; skip += 700)
            people.AddRange((await node.ListAsync(room, Paging.Of(skip, 700), CancellationToken.None)).Items);
        return people;
    }

    public static string Text(RoomPerson person) =>
        $"{person.Guid} {person.Name} {person.Kind} {person.Change} {string.Join('+', person.Legacy)} {string.Join('+', person.Planned)} {string.Join('+', person.New)} {string.Join('+', person.Why)}";
}
