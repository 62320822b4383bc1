using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
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

    [Fact]
    public async Task List_AnotherPage_IsNotWorkedOutAgainUntilSomethingThatDecidesChanges()
    {
        await using var world = await BatchWorld.StartAsync(new PoolBuilder()
            .Principal("kim").Principal("lee").Category("Trading").Room("Desk", "Trading").Member("Desk", "kim").Member("Desk", "lee"));
        var room = (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync("Desk"), CancellationToken.None))!;
        var first = await world.Get<RoomPeople>().ListAsync(room, Paging.Of(0, 1), CancellationToken.None);
        // Nothing does this to a scan; whoever reads it again finds nobody.
        await world.Database.ExecuteAsync("delete from portal.inventory_roles");

        var second = await world.Get<RoomPeople>().ListAsync(room, Paging.Of(1, 1), CancellationToken.None);

        Assert.Equal((2, 2), (first.Total, second.Total));
        Assert.NotEqual(first.Items.Single().Guid, second.Items.Single().Guid);
        await using (var db = await world.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var pair = await db.Set<PoolPair>().SingleAsync();
            pair.Options = pair.Options with { OutOfScope = OutOfScope.Admit };
            await db.SaveChangesAsync();
        }

        Assert.Equal(0, (await world.Get<RoomPeople>().ListAsync(room, Paging.Of(0, 1), CancellationToken.None)).Total);
    }
}
