using System.Text.Json;
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
    public void Merge_RightsThatHadNoEffect_AreListedAndLostByNobody()
    {
        var pool = new PoolBuilder().Principal("kim").Principal("inert", path: "CN=inert,DC=fabrikam,DC=com").Principal("out", path: "CN=out,DC=fabrikam,DC=com")
            .Category("Trading").Room("Desk", "Trading").Member("Desk", "kim").Presenter("Desk", "kim").Member("Desk", "System")
            .Member("Desk", "inert", honorsScope: true).Member("Desk", "out").Build();
        var request = new PlanRequest(pool, new PoolBuilder().Build(), new HashSet<Guid>(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>());
        var room = new RoomPlans(request).Find(pool.Nodes.Single(x => x.Name == "Desk"))!.Room;

        var people = RoomPersons.Merge(room, RoomPersons.ByGuid(pool.Principals), [], exists: false).ToDictionary(x => x.Guid);

        Assert.Equal(("Keeps", "Member Voiced", "Member"), Of("kim"));
        Assert.Equal(("Keeps", "Member", ""), Of("System"));
        Assert.Equal(("Keeps", "Member", ""), Of("inert"));
        Assert.Equal(("Loses", "Member", ""), Of("out"));
        Assert.DoesNotContain("loses", JsonSerializer.Serialize(room, JsonSerializerOptions.Web), StringComparison.Ordinal);

        (string Change, string Legacy, string Planned) Of(string name)
        {
            var person = people[PoolBuilder.Guids("principal " + name)];
            return (person.Change, string.Join(' ', person.Legacy), string.Join(' ', person.Planned));
        }
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
