using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.People;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.People;

public sealed class PeopleQueriesTests
{
    private static readonly Paging _first = Paging.Of(0, 50);

    // Kim reads two rooms through her team and writes in one, a partner has a right that ends, two principals are called lee.
    internal static PoolBuilder Pool()
    {
        var pool = new PoolBuilder().Principal("kim").Principal("team", PrincipalType.Group).Principal("partner", PrincipalType.FederatedUser).Principal("lee").Principal("lee 2")
            .Affiliate("kim", "team")
            .Category("Trading").Room("Desk", "Trading").Room("Repo", "Trading")
            .Member("Desk", "team").Member("Repo", "team").Member("Desk", "partner").Member("Repo", "lee");
        return pool.Messages("Desk", 12, pool.PrincipalIdOf("kim"));
    }

    [Fact]
    public async Task List_ByMark_ShowsThoseAndTheirNumbers()
    {
        await using var world = await StartAsync();
        await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(await world.CreateAsync(BatchWorld.Petra, "one", "Desk", "Repo")), CancellationToken.None);
        var people = world.Get<PeopleQueries>();

        Assert.Equal(["partner"], await NamesAsync(people, PersonMark.Federated));
        Assert.Equal(["lee", "lee"], await NamesAsync(people, PersonMark.SameName));
        Assert.Equal(["partner"], await NamesAsync(people, PersonMark.Loses));
        Assert.Empty(await NamesAsync(people, PersonMark.Gains));
        var counts = await people.CountAsync(new PeopleFilter(BatchWorld.Pair), CancellationToken.None);
        Assert.Equal((1L, 2L, 1L, 0L), (counts.Marks[PersonMark.Federated], counts.Marks[PersonMark.SameName], counts.Marks[PersonMark.Loses], counts.Marks[PersonMark.Gone]));
        Assert.Equal(["kim"], (await people.ListAsync(new PeopleFilter(BatchWorld.Pair, "KI"), _first, CancellationToken.None)).Items.Select(x => x.Name));
        var rooms = await people.CountRoomsAsync(BatchWorld.Pair, [Guid("kim"), Guid("team"), Guid("lee 2")], CancellationToken.None);
        Assert.Equal((1L, 2L, false), (rooms[Guid("kim")], rooms[Guid("team")], rooms.ContainsKey(Guid("lee 2"))));
    }

    [Fact]
    public async Task Find_Person_HasEveryPlaceWithTheGroupThatGivesIt()
    {
        await using var world = await StartAsync();

        var kim = (await world.Get<PersonQueries>().FindAsync(BatchWorld.Pair, Guid("kim"), _first, _first, CancellationToken.None))!;

        Assert.Equal(["team"], kim.Groups);
        Assert.Equal([("Desk", true), ("Repo", false)], kim.Places.Items.Select(x => (x.Name, x.Wrote)));
        Assert.All(kim.Places.Items, place => Assert.Equal(new PlaceRight("Member", "team"), Assert.Single(place.Legacy)));
        Assert.All(kim.Places.Items, place => Assert.Equal("Trading", place.Category));
        Assert.True(Assert.Single(kim.Sides).IsLegacy);
        Assert.Null(await world.Get<PersonQueries>().FindAsync(BatchWorld.Pair, Guid("nobody"), _first, _first, CancellationToken.None));
    }

    [Fact]
    public async Task Find_MemberOfAGroupWhoseNameHasALineEnd_IsShown()
    {
        await using var world = await StartAsync();
        await world.Database.ExecuteAsync("update portal.inventory_principals set display_name = E'Trading\\nteam' where name = 'team'");

        var kim = (await world.Get<PersonQueries>().FindAsync(BatchWorld.Pair, Guid("kim"), _first, _first, CancellationToken.None))!;

        Assert.All(kim.Places.Items, place => Assert.Equal(new PlaceRight("Member", "Trading\nteam"), Assert.Single(place.Legacy)));
    }

    [Fact]
    public async Task Find_PersonWhomABatchCostsARight_NamesTheBatchAndTheCause()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Desk");

        var partner = (await world.Get<PersonQueries>().FindAsync(BatchWorld.Pair, Guid("partner"), _first, _first, CancellationToken.None))!;

        var line = Assert.Single(partner.Changes.Items);
        Assert.Equal(("Wave 1", "Desk", "Member", "FederatedNoAccess", false), (line.BatchName, line.Change.Subject, line.Change.Right, line.Change.Cause, line.Change.IsGain));
        Assert.Equal(1, partner.Row.Losses);
    }

    [Fact]
    public async Task Sums_OfAPlan_AreThoseOfItsRightChangesForEachPrincipal()
    {
        await using var world = await StartAsync();
        await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(await world.CreateAsync(BatchWorld.Petra, "one", "Repo")), CancellationToken.None);
        await using var db = world.Database.OpenPortal();
        await db.Database.OpenConnectionAsync();
        var plan = await db.Set<BatchPlan>().MaxAsync(x => x.Id);
        Assert.False(await db.Set<PlanRightChange>().AnyAsync());

        await PlanCopy.RightChangesAsync(
            db, plan,
            [Change("kim", "Desk", isGain: true), Change("kim", "Repo", isGain: true), Change("kim", "Repo", isGain: false), Change("lee", "Repo", isGain: false), Change("team", "Desk", isGain: true)],
            CancellationToken.None);

        var sums = await db.Set<PlanRightSum>().Where(x => x.PlanId == plan).ToDictionaryAsync(x => x.Principal, x => (x.Gains, x.Losses));
        Assert.Equal(3, sums.Count);
        Assert.Equal(((2L, 1L), (0L, 1L), (1L, 0L)), (sums[Guid("kim")], sums[Guid("lee")], sums[Guid("team")]));
    }

    private static RightChange Change(string person, string room, bool isGain) => new(Guid(person), person, null, room, "Member", !isGain, isGain, "Admitted");

    private static async Task<BatchWorld> StartAsync()
    {
        var world = await BatchWorld.StartAsync(Pool());
        // The builder names everybody differently.
        await world.Database.ExecuteAsync("update portal.inventory_principals set name = 'lee', display_name = 'lee' where name = 'lee 2'");
        return world;
    }

    private static Guid Guid(string name) => PoolBuilder.Guids("principal " + name);

    private static async Task<List<string>> NamesAsync(PeopleQueries people, PersonMark mark) =>
        [.. (await people.ListAsync(new PeopleFilter(BatchWorld.Pair, null, mark), _first, CancellationToken.None)).Items.Select(x => x.Name)];
}
