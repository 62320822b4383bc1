using MigrationPortal.Access;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Rooms;

/// <summary>A right for one category reaches that category and what is below it, whatever others are called.</summary>
public sealed class CategoryBoundsTests
{
    private static PoolBuilder Pool() => new PoolBuilder()
        .Category("Trading").Category("Trading / Secret").Category("Desk", "Trading")
        .Room("open", "Trading").Room("deep", "Desk").Room("walled", "Trading / Secret");

    private static Caller Planner(string category) => Caller.Of("petra", "petra", [new Grant(Role.Planner, BatchWorld.Pair, category)]);

    [Theory]
    [InlineData("Trading", "open", true)]
    [InlineData("Trading", "deep", true)]
    [InlineData("Trading", "walled", false)]
    [InlineData("Trading / Secret", "walled", false)]
    [InlineData(@"Trading \/ Secret", "walled", true)]
    [InlineData(@"Trading \/ Secret", "open", false)]
    public async Task Create_ByARoleOfOneCategory_ReachesItsRoomsAlone(string category, string room, bool isReached)
    {
        await using var world = await BatchWorld.StartAsync(Pool());

        var made = await world.Get<CreateBatchHandler>().HandleAsync(new(BatchWorld.Pair, "t", [await world.RoomAsync(room)]), Planner(category), CancellationToken.None);

        Assert.Equal(isReached ? null : "out-of-scope", made.Refusal?.Code);
    }

    [Fact]
    public async Task List_OfOneCategory_HasItsRoomsAlone()
    {
        await using var world = await BatchWorld.StartAsync(Pool());

        Assert.Equal(["deep", "open"], await NamesAsync(world, "Trading"));
        Assert.Equal(["walled"], await NamesAsync(world, @"Trading \/ Secret"));
        Assert.Empty(await NamesAsync(world, "Trading / Secret"));
    }

    [Fact]
    public async Task Scan_CategoryOfTheNewPoolWithALegacyName_IsAnotherPlace()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        // Same name, other identity: somebody made it in the new pool.
        var target = new PoolBuilder().Category("Trading", with: n => n with { Guid = Guid.NewGuid() }).Room("only new", "Trading");
        await world.ScanAsync(Pool(), target.Build());

        Assert.Equal(["deep", "open"], await NamesAsync(world, "Trading"));
        var made = await world.Get<CreateBatchHandler>().HandleAsync(new(BatchWorld.Pair, "t", [await world.RoomAsync("only new")]), Planner("Trading"), CancellationToken.None);
        Assert.NotNull(made.Refusal);
    }

    [Theory]
    [InlineData("Trading", null)]
    [InlineData(@"Trading \/ Secret", null)]
    [InlineData("Trading / Secret", CategoryCodes.Ambiguous)]
    [InlineData("Nowhere", CategoryCodes.Unknown)]
    public async Task Refuse_BoundThatNamesNoCategory_SaysWhichIsMeant(string path, string? code)
    {
        await using var world = await BatchWorld.StartAsync(Pool());

        var refusal = await world.Get<ICategoryCheck>().RefuseAsync(BatchWorld.Pair, path, CancellationToken.None);

        Assert.Equal(code, refusal?.Code);
        if (code == CategoryCodes.Ambiguous)
            Assert.Contains(@"Trading \/ Secret", refusal!.Message);
    }

    private static async Task<List<string>> NamesAsync(BatchWorld world, string category) =>
        [.. (await world.Get<RoomQueries>().ListAsync(new RoomFilter { PoolPairId = BatchWorld.Pair, Categories = [category] }, Paging.Of(0, 50), CancellationToken.None))
            .Select(x => x.Name).Order(StringComparer.Ordinal)];
}
