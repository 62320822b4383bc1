using MigrationPortal.Api;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class RoomPeopleTests
{
    [Fact]
    public async Task List_TwoPeopleOfOneName_StayTwo()
    {
        await using var world = await BatchWorld.StartAsync(new PoolBuilder()
            .Principal("lee").Principal("other lee").Category("Trading").Room("Desk", "Trading").Member("Desk", "lee").Member("Desk", "other lee"));
        // The builder names everybody differently.
        await world.Database.ExecuteAsync("update portal.inventory_principals set name = 'lee', display_name = 'lee' where is_legacy and name like '%lee'");
        var room = (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync("Desk"), CancellationToken.None))!;

        var people = (await world.Get<RoomPeople>().ListAsync(room, Paging.Of(null, null), CancellationToken.None)).Items;

        Assert.Equal(["lee", "lee"], people.Select(x => x.Name));
        Assert.Equal(new[] { PoolBuilder.Guids("principal lee"), PoolBuilder.Guids("principal other lee") }.Order(), people.Select(x => x.Guid).Order());
    }
}
