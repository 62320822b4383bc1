using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Scanning;
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
    public async Task List_RoomWasMigratedAsPlanned_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await TransferAsync(world, await FindAsync(world, "Hall"), isWhole: true);
        var room = await FindAsync(world, "Hall");

        var listed = await ReadPartsAsync(world, room);

        Assert.Contains(listed, x => x.New.Count > 0);
        Assert.Contains(listed, x => x is { New.Count: 0, Change: "Loses" });
        Assert.Empty(await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        await IsAsWorkedOutAsync(world, room, listed);
    }

    [Fact]
    public async Task List_RoomWasMigratedOtherwiseThanPlanned_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var missing = await TransferAsync(world, await FindAsync(world, "Hall"));
        var room = await FindAsync(world, "Hall");

        var listed = await ReadPartsAsync(world, room);

        Assert.Empty(await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        Assert.Empty(Assert.Single(listed, x => x.Guid == missing).New);
        Assert.Contains(listed, x => x.New.Count > 0);
        await IsAsWorkedOutAsync(world, room, listed);
    }

    [Fact]
    public async Task List_RoomIsMigratedAgainAfterItsPeopleWereListed_IsTheNewOne()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var hall = await FindAsync(world, "Hall");
        await TransferAsync(world, hall, isWhole: true);
        await TransferAsync(world, hall, isWhole: true);
        var again = await ReadPartsAsync(world, await FindAsync(world, "Hall"));
        var missing = await TransferAsync(world, hall);

        var listed = await ReadPartsAsync(world, await FindAsync(world, "Hall"));

        Assert.NotEmpty(Assert.Single(again, x => x.Guid == missing).New);
        Assert.Empty(Assert.Single(listed, x => x.Guid == missing).New);
        await IsAsWorkedOutAsync(world, await FindAsync(world, "Hall"), listed);
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

    private static async Task ChangeOptionsAsync(BatchWorld world)
    {
        await using var db = await world.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var pair = await db.Set<PoolPair>().SingleAsync();
        pair.Options = pair.Options with { OutOfScope = OutOfScope.Admit };
        await db.SaveChangesAsync();
    }

    private const string Everybody = "select array_agg(guid) from portal.inventory_principals where is_legacy and name <> 'kim'";

    private static Task MigrateAsync(BatchWorld world, string members) => world.Database.ExecuteAsync($"""
        update portal.room_pairs set new_node_id = 7 where legacy_name = 'Hall';
        update portal.room_pair_properties x set new_members = ({members}), new_managers = array[]::uuid[], new_presenters = array[]::uuid[]
        from portal.room_pairs p where p.scan_id = x.scan_id and p.room_id = x.room_id and p.legacy_name = 'Hall'
        """);

    // As a verification brings the list of rooms up to what it found: all that was planned, or one member less.
    private static async Task<Guid> TransferAsync(BatchWorld world, RoomView room, bool isWhole = false)
    {
        var (legacy, target) = await world.Get<RoomInventory>().LoadAsync(room.ScanId, room.LegacyNodeId!.Value, CancellationToken.None);
        var plan = new RoomPlans(new PlanRequest(legacy, target, new HashSet<Guid>(), new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Find(legacy.Nodes.Single(x => x.NodeId == room.LegacyNodeId))!;
        var missing = plan.Room.Members[^1];
        var digests = new MessageDigests(0, null, null, null, null, 0, "");
        var proof = new RoomResult
        {
            Grade = Grade.Investigate,
            Legacy = digests,
            New = digests,
            Rules = [],
            Mismatches = [],
            MismatchCount = 0,
            Settings = isWhole ? [] : [new("Member", "person", "") { Principal = missing }],
        };
        await using var db = await world.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await world.Get<RefreshPairHandler>().HandleAsync(db, new(BatchWorld.Pair, plan.Room, plan.Category, 7, proof), CancellationToken.None);
        await transaction.CommitAsync();
        return missing;
    }

    private static async Task RunJobAsync(BatchWorld world)
    {
        var crowded = world.Get<CrowdedRooms>();
        Assert.Equal([BatchWorld.Pair], await crowded.ListStalePairsAsync(CancellationToken.None));
        await world.Get<ListCrowdsHandler>().HandleAsync(BatchWorld.Pair, CancellationToken.None);
        Assert.Empty(await crowded.ListStalePairsAsync(CancellationToken.None));
    }

    // On another node, which remembers nothing.
    private static async Task<List<RoomPerson>> ReadPartsAsync(BatchWorld world, RoomView room)
    {
        using var nothing = new KeptPeople();
        var node = new RoomPeople(
            world.Get<IDbContextFactory<PortalDbContext>>(), world.Get<RoomInventory>(), world.Get<PoolPairQueries>(), nothing);
        List<RoomPerson> listed = [];
        Assert.Equal(0, await RowsRead.OfAsync(world.Database, "inventory_roles", async () => listed = await AllAsync(node, room)));
        return listed;
    }

    private static async Task IsAsWorkedOutAsync(BatchWorld world, RoomView room, List<RoomPerson> listed)
    {
        await world.Database.ExecuteAsync("delete from portal.room_people");
        Assert.Equal((await AllAsync(world, room)).Select(Text), listed.Select(Text));
    }

    private static PoolBuilder Pool()
    {
        var pool = new PoolBuilder().Category("Trading").Room("Hall", "Trading").Room("Desk", "Trading");
        foreach (var number in Enumerable.Range(0, People))
            pool.Principal($"person {number}", path: $"CN=person {number},DC={(number % 7 == 0 ? "fabrikam" : "contoso")},DC=com").Member("Hall", $"person {number}");
        return pool.Principal("kim").Member("Desk", "kim");
    }

    private static async Task<RoomView> FindAsync(BatchWorld world, string name) =>
        (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync(name), CancellationToken.None))!;

    private static Task<List<RoomPerson>> AllAsync(BatchWorld world, RoomView room) => AllAsync(world.Get<RoomPeople>(), room);

    private static async Task<List<RoomPerson>> AllAsync(RoomPeople node, RoomView room)
    {
        var people = new List<RoomPerson>();
        for (var skip = 0; skip < People; skip += 700)
            people.AddRange((await node.ListAsync(room, Paging.Of(skip, 700), CancellationToken.None)).Items);
        return people;
    }

    private static string Text(RoomPerson person) =>
        $"{person.Guid} {person.Name} {person.Kind} {person.Change} {string.Join('+', person.Legacy)} {string.Join('+', person.Planned)} {string.Join('+', person.New)} {string.Join('+', person.Why)}";
}
