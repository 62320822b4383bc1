using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Data;
using MigrationPortal.People;
using MigrationPortal.Rooms;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Data;

/// <summary>Every list looks for what was typed in the same way.</summary>
public sealed class SearchTextTests
{
    private static readonly string[] _names = ["100% sure", "under_score", @"a\b", "Caf\u00e9 one", "Cafe\u0301 two", "ΣΊΣΥΦΟΣ", "plain"];

    private static readonly (string Typed, string[] Found)[] _cases =
    [
        ("%", ["100% sure"]), ("_", ["under_score"]), (@"\", [@"a\b"]), ("100%", ["100% sure"]), ("UNDER_", ["under_score"]),
        ("caf\u00e9", ["Caf\u00e9 one", "Cafe\u0301 two"]), ("CAFE\u0301", ["Caf\u00e9 one", "Cafe\u0301 two"]), ("σίσυφο", ["ΣΊΣΥΦΟΣ"]), (" plain ", ["plain"]),
    ];

    [Fact]
    public async Task Search_WildcardsAccentsAndCase_AreWhatTheyAreInEveryList()
    {
        var pool = new PoolBuilder().Category("Desk");
        foreach (var name in _names)
            pool.Room(name, "Desk").Principal("p " + name).Member(name, "p " + name);
        await using var world = await BatchWorld.StartAsync(pool);
        foreach (var name in _names)
            await world.CreateAsync(BatchWorld.Petra, "b " + name, name);

        foreach (var (typed, found) in _cases)
        {
            Assert.Equal(found.Order(StringComparer.Ordinal), _names.Where(x => SearchText.IsIn(x, typed.Trim())).Order(StringComparer.Ordinal));
            var rooms = await world.Get<RoomQueries>().ListAsync(new RoomFilter { PoolPairId = BatchWorld.Pair, Search = typed }, Paging.Of(0, 50), CancellationToken.None);
            Assert.Equal(found.Order(StringComparer.Ordinal), rooms.Select(x => x.Name).Order(StringComparer.Ordinal));
            var batches = await world.Get<BatchQueries>().ListAsync(new BatchFilter(BatchWorld.Pair, Search: typed), Paging.Of(0, 50), CancellationToken.None);
            Assert.Equal(found.Select(x => "b " + x).Order(StringComparer.Ordinal), batches.Items.Select(x => x.Name).Order(StringComparer.Ordinal));
            var people = await world.Get<PeopleQueries>().ListAsync(new PeopleFilter(BatchWorld.Pair, typed), Paging.Of(0, 50), CancellationToken.None);
            Assert.Equal(found.Select(x => "p " + x).Order(StringComparer.Ordinal), people.Items.Select(x => x.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Search_OfWhatABatchTakesHoldsPlansAndMoved_IsTheSame()
    {
        var pool = new PoolBuilder().Principal("kim").Category("Desk");
        foreach (var name in _names)
            pool.Room(name, "Desk").Member(name, "kim");
        await using var world = await BatchWorld.StartAsync(pool);
        var rooms = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in _names)
            rooms[name] = await world.RoomAsync(name);
        var batch = await world.CreateAsync(BatchWorld.Petra, "Wave 1", _names);
        var plan = BatchWorld.Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(batch), CancellationToken.None));
        var run = await AddRunAsync(world, batch, plan.Id, rooms);

        foreach (var (typed, found) in _cases)
        {
            var expected = found.Select(x => rooms[x]).Order();
            var taken = BatchWorld.Done(await world.Get<RoomMatches>().FindAsync(BatchWorld.Pair, new RoomFilterBody(null, typed, null, null), [], CancellationToken.None));
            Assert.Equal(expected, taken.Order());
            var held = await world.Get<BatchRoomQueries>().ListIdsAsync(batch, new BatchRoomFilter { Search = typed }, CancellationToken.None);
            Assert.Equal(expected, held.Order());
            var planned = await world.Get<PlanQueries>().ItemsAsync(plan.Id, new PlanFilter([PlanItemKinds.Room], Search: typed), Paging.Of(0, 50), CancellationToken.None);
            Assert.Equal(expected, planned.Items.Select(x => x.RoomId!.Value).Distinct().Order());
            var moved = new List<long>();
            await foreach (var line in world.Get<TransferQueries>().StreamAsync(run, new TransferFilter(typed, null, null), CancellationToken.None))
                moved.Add(line.RoomId);
            Assert.Equal(expected, moved.Order());
        }
    }

    [Fact]
    public async Task Create_NameThatReadsTheSame_IsTaken()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.CreateAsync(BatchWorld.Petra, "Caf\u00e9", "Desk");

        var second = await world.Get<CreateBatchHandler>().HandleAsync(
            new(BatchWorld.Pair, "CAFE\u0301", [await world.RoomAsync("Repo")]), BatchWorld.Paul, CancellationToken.None);

        BatchWorld.Refused(second, "name-taken");
    }

    private static async Task<long> AddRunAsync(BatchWorld world, long batch, long plan, Dictionary<string, long> rooms)
    {
        await using var db = world.Database.OpenPortal();
        var run = new Run { BatchId = batch, PlanId = plan, State = RunState.Completed, StartedBy = "olga", StartedAt = DateTimeOffset.UnixEpoch };
        db.Add(run);
        await db.SaveChangesAsync();
        db.AddRange(_names.Select((name, at) => new RoomTransfer
        {
            RunId = run.Id,
            RoomId = rooms[name],
            Guid = PoolBuilder.Guids("node " + name),
            Ordinal = at,
            RoomName = name,
            State = TransferState.Done,
            TotalMessageCount = 0,
        }));
        await db.SaveChangesAsync();
        return run.Id;
    }
}
