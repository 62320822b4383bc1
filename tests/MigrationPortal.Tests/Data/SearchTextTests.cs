using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.People;
using MigrationPortal.Rooms;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Data;

/// <summary>Every list looks for what was typed in the same way.</summary>
public sealed class SearchTextTests
{
    private static readonly string[] _names = ["100% sure", "under_score", @"a\b", "Caf\u00e9 one", "Cafe\u0301 two", "ΣΊΣΥΦΟΣ", "plain"];

    [Fact]
    public async Task Search_WildcardsAccentsAndCase_AreWhatTheyAreInEveryList()
    {
        var pool = new PoolBuilder().Category("Desk");
        foreach (var name in _names)
            pool.Room(name, "Desk").Principal("p " + name).Member(name, "p " + name);
        await using var world = await BatchWorld.StartAsync(pool);
        foreach (var name in _names)
            await world.CreateAsync(BatchWorld.Petra, "b " + name, name);

        (string Typed, string[] Found)[] cases =
        [
            ("%", ["100% sure"]), ("_", ["under_score"]), (@"\", [@"a\b"]), ("100%", ["100% sure"]), ("UNDER_", ["under_score"]),
            ("caf\u00e9", ["Caf\u00e9 one", "Cafe\u0301 two"]), ("CAFE\u0301", ["Caf\u00e9 one", "Cafe\u0301 two"]), ("σίσυφο", ["ΣΊΣΥΦΟΣ"]), (" plain ", ["plain"]),
        ];
        foreach (var (typed, found) in cases)
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
    public async Task Create_NameThatReadsTheSame_IsTaken()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.CreateAsync(BatchWorld.Petra, "Caf\u00e9", "Desk");

        var second = await world.Get<CreateBatchHandler>().HandleAsync(
            new(BatchWorld.Pair, "CAFE\u0301", [await world.RoomAsync("Repo")]), BatchWorld.Paul, CancellationToken.None);

        BatchWorld.Refused(second, "name-taken");
    }
}
