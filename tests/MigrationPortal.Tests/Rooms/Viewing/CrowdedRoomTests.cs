using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Rooms.Viewing.Crowd;

namespace MigrationPortal.Tests.Rooms.Viewing;

/// <summary>The people of a crowded room are there when the scan is: nobody waits until all of them are worked out.</summary>
public sealed class CrowdedRoomTests
{
    [Fact]
    public async Task List_CrowdedRoomIsOpened_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var room = await FindAsync(world, "Hall");
        Page<RoomPerson>? page = null;

        var roles = await RowsRead.OfAsync(world.Database, "inventory_roles", ListAsync);
        var people = await RowsRead.OfAsync(world.Database, "inventory_principals", ListAsync);

        Assert.Equal((0L, 0L), (roles, people));
        Assert.Equal((Crowd.People, 100), (page!.Total, page.Items.Count));

        async Task ListAsync() => page = await world.Get<RoomPeople>().ListAsync(room, Paging.Of(Crowd.People - 150, 100), CancellationToken.None);
    }

    [Fact]
    public async Task List_CrowdedRoom_ListsWhomItWouldWorkOut()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var room = await FindAsync(world, "Hall");
        var kept = await AllAsync(world, room);
        await world.Database.ExecuteAsync("delete from portal.room_people");

        var workedOut = await AllAsync(world, room);

        Assert.Equal(Crowd.People, kept.Count);
        Assert.Equal(workedOut.Select(Text), kept.Select(Text));
        Assert.Empty((await world.Get<RoomPeople>().ListAsync(room, Paging.Of(Crowd.People + 1_000, 10), CancellationToken.None)).Items);
    }

    [Fact]
    public async Task List_OptionsHaveChanged_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var room = await FindAsync(world, "Hall");
        await ChangeOptionsAsync(world);

        var listed = await ReadPartsAsync(world, room);

        Assert.Empty(await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        Assert.Contains(listed, x => x.Why.Contains("Admitted"));
        await IsAsWorkedOutAsync(world, room, listed);
    }

    [Fact]
    public void Variants_OfARoom_HoldForEachChoiceOfOptionsExactlyOnce_AsItIsPlannedWithThem()
    {
        var pool = Awkward().Build();
        foreach (var node in pool.Nodes.Where(x => !x.IsCategory))
        {
            List<RoomVariant> variants = [.. new RoomVariants(Request(pool, new PlanOptions())).Of(node)];
            foreach (var options in Choices())
                Assert.Equal(
                    PeopleOf(pool, new RoomPlans(Request(pool, options)).Find(node)?.Room),
                    PeopleOf(pool, Assert.Single(variants, x => RightsChoice.Holds(x.Choice, options)).Room));
        }
    }

    private static IEnumerable<PlanOptions> Choices() =>
        from scope in Enum.GetValues<OutOfScope>()
        from undecided in Enum.GetValues<ScopeUndecided>()
        from federated in Enum.GetValues<FederatedRoles>()
        from presenter in Enum.GetValues<PresenterNotMember>()
        from disabled in Enum.GetValues<DisabledRooms>()
        from root in Enum.GetValues<RoomUnderRoot>()
        select new PlanOptions { OutOfScope = scope, ScopeUndecided = undecided, FederatedRoles = federated, PresenterNotMember = presenter, DisabledRooms = disabled, RoomUnderRoot = root };

    private static PlanRequest Request(ChatPool pool, PlanOptions options) =>
        new(pool, new PoolBuilder().Build(), new HashSet<Guid>(), options, new Dictionary<Guid, string>(), new HashSet<Guid>());

    private static string PeopleOf(ChatPool pool, PlannedRoom? room) =>
        room is null ? "none" : string.Join(';', RoomPersons.Merge(room, RoomPersons.ByGuid(pool.Principals), [], exists: false).Select(Text));

    [Fact]
    public void Options_ThatLeaveRightsAsTheyAre_KeepTheList_AndOnlyThose()
    {
        var pool = Awkward().Build();
        var plain = new PlanOptions();
        var before = People(plain);
        var version = PeopleVersion.Of(plain, written: null, RightsChoice.Of(~RightsOptions.None, plain));
        var differing = new List<string>();
        foreach (var option in typeof(PlanOptions).GetProperties().Where(x => x.CanWrite))
        {
            foreach (var value in Others(option.GetValue(plain), option.PropertyType))
            {
                var other = plain with { };
                option.SetValue(other, value);
                var after = People(other);
                if (after != before)
                    differing.Add(option.Name);
                if (PeopleVersion.Holds(version, other, written: null))
                    Assert.Equal((option.Name, before), (option.Name, after));
            }
        }

        Assert.Equal(["DisabledRooms", "FederatedRoles", "OutOfScope", "PresenterNotMember", "RoomUnderRoot", "ScopeUndecided"], differing.Distinct().Order());

        string People(PlanOptions options)
        {
            var plans = new RoomPlans(Request(pool, options));
            return string.Join('\n', pool.Nodes.Where(x => !x.IsCategory).Select(x => PeopleOf(pool, plans.Find(x)?.Room)));
        }
    }

    // Somebody of each kind that an option decides about.
    private static PoolBuilder Awkward() => new PoolBuilder()
        .Principal("kim").Principal("out", path: "CN=out,DC=fabrikam,DC=com").Principal("guest", PrincipalType.FederatedUser).Principal("circle", PrincipalType.Group, path: "").Principal("off", disabled: 1)
        .Category("Trading").Room("Hall", "Trading").Room("Stage", "Trading", x => x with { Behavior = "auditorium" }).Room("Old", "Trading", x => x with { Disabled = true, Logged = false })
        .Member("Hall", "kim").Member("Hall", "out").Member("Hall", "guest").Member("Hall", "circle").Member("Hall", "off").Manager("Hall", "kim")
        .Member("Stage", "off").Presenter("Stage", "kim").Presenter("Stage", "out").Presenter("Stage", "guest").Member("Old", "kim").Room("Top").Member("Top", "kim");

    private static IEnumerable<object> Others(object? value, Type type) => value switch
    {
        string text => [text + " / "],
        bool flag => [!flag],
        Enum => type.GetEnumValues().Cast<object>().Where(x => !x.Equals(value)),
        _ => [new DateOnly(2012, 1, 1)],
    };

    [Fact]
    public async Task Job_RoomWasMigratedSince_NobodyWaitsForTheNewList()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await MigrateAsync(world, Everybody);
        var room = await FindAsync(world, "Hall");
        var workedOut = await AllAsync(world, room);
        Assert.Contains(workedOut, x => x.New.Count > 0);

        await RunJobAsync(world);

        Assert.Equal(workedOut.Select(Text), (await ReadPartsAsync(world, room)).Select(Text));
    }

    [Fact]
    public async Task Job_RoomIsNotCrowdedAnyMore_KeepsNobodyAndIsDone()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await world.Database.ExecuteAsync("delete from portal.inventory_roles where principal_id % 2 = 0");
        await MigrateAsync(world, "select array[]::uuid[]");

        await RunJobAsync(world);

        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.room_people"));
    }

    [Fact]
    public async Task Room_MigratedInAPortal_ListIsWorkedOutWithoutBeingAskedFor()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await using var portal = await PortalApp.StartNodeAsync(world.Database);
        var before = await world.Database.ScalarAsync<string>("select min(version) from portal.room_people");
        await MigrateAsync(world, Everybody);

        portal.Services.GetRequiredService<LiveFeed>().Announce($"pair:{BatchWorld.Pair}");

        await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<string>("select min(version) from portal.room_people") != before);
        Assert.Equal(0, await world.Database.ScalarAsync<int>($"select count(*) from portal.room_people where version = '{before}'"));
    }

    [Fact]
    public async Task Scan_RoomThatIsNotCrowded_KeepsNobody()
    {
        await using var world = await BatchWorld.StartAsync();

        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.room_people"));
    }

    private const string Everybody = "select array_agg(guid) from portal.inventory_principals where is_legacy and name <> 'kim'";

    private static Task MigrateAsync(BatchWorld world, string members) => world.Database.ExecuteAsync($"""
        update portal.room_pairs set new_node_id = 7 where legacy_name = 'Hall';
        update portal.room_pair_properties x set new_members = ({members}), new_managers = array[]::uuid[], new_presenters = array[]::uuid[]
        from portal.room_pairs p where p.scan_id = x.scan_id and p.room_id = x.room_id and p.legacy_name = 'Hall'
        """);

    private static async Task RunJobAsync(BatchWorld world)
    {
        var crowded = world.Get<CrowdedRooms>();
        Assert.Equal([BatchWorld.Pair], await crowded.ListStalePairsAsync(CancellationToken.None));
        await world.Get<ListCrowdsHandler>().HandleAsync(BatchWorld.Pair, CancellationToken.None);
        Assert.Empty(await crowded.ListStalePairsAsync(CancellationToken.None));
    }
}
