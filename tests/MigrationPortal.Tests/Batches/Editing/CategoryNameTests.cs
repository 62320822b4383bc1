using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Batches.Editing;

public sealed class CategoryNameTests
{
    // “A - B - C” by two ways.
    private static PoolBuilder Colliding() => new PoolBuilder()
        .Category("A").Category("B - C", "A").Category("A - B").Category("C", "A - B").Room("r1", "B - C").Room("r2", "C");

    [Fact]
    public async Task Set_NewNameForOneOfTwoCategories_ClearsTheBlocker()
    {
        await using var world = await BatchWorld.StartAsync(Colliding());
        var batch = await world.CreateAsync(BatchWorld.Petra, "both", "r1", "r2");
        var blocked = await BlockersAsync(world, batch);
        Assert.Equal(2, blocked.Count);
        Assert.All(blocked, x => Assert.Equal("P03.category", x.Message.Key));

        var done = await SetAsync(world, batch, "node C", "A, then B, then C");

        BatchWorld.Done(done);
        Assert.Empty(await BlockersAsync(world, batch));
        var plan = BatchWorld.Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(batch), CancellationToken.None));
        var rows = await world.Get<BatchCategoryQueries>().ListAsync(batch, plan.Id, Paging.Of(0, 50), CancellationToken.None);
        Assert.Equal(["A - B - C", "A, then B, then C"], rows.Items.Select(x => x.Name).Order(StringComparer.Ordinal));
        Assert.Contains(BatchEventKinds.CategoryRenamed, await world.KindsAsync(batch));
    }

    [Fact]
    public async Task Set_BlankName_LetsTheRuleNameItAgain()
    {
        await using var world = await BatchWorld.StartAsync(Colliding());
        var batch = await world.CreateAsync(BatchWorld.Petra, "both", "r1", "r2");
        BatchWorld.Done(await SetAsync(world, batch, "node C", "Other"));

        BatchWorld.Done(await SetAsync(world, batch, "node C", " "));

        Assert.Equal(2, (await BlockersAsync(world, batch)).Count);
    }

    [Fact]
    public async Task Set_AnotherBatchNamesItOtherwise_IsRefusedByName()
    {
        await using var world = await BatchWorld.StartAsync(new PoolBuilder().Category("A").Room("r1", "A").Room("r2", "A"));
        var (first, second) = (await world.CreateAsync(BatchWorld.Petra, "first", "r1"), await world.CreateAsync(BatchWorld.Petra, "second", "r2"));
        BatchWorld.Done(await SetAsync(world, first, "node A", "One"));

        var refusal = BatchWorld.Refused(await SetAsync(world, second, "node A", "Two"), "category-named-otherwise");

        Assert.Contains("first", refusal.Message);
        BatchWorld.Done(await SetAsync(world, second, "node A", "One"));
    }

    [Fact]
    public async Task Name_ThatOutlivesItsRooms_IsListedWithoutRoomsAndCanBeGivenBack()
    {
        await using var world = await BatchWorld.StartAsync(new PoolBuilder().Category("A").Room("r1", "A").Room("r3", "A").Category("B").Room("r2", "B"));
        var (first, second) = (await world.CreateAsync(BatchWorld.Petra, "first", "r1", "r2"), await world.CreateAsync(BatchWorld.Petra, "second", "r3"));
        BatchWorld.Done(await SetAsync(world, first, "node A", "One"));
        BatchWorld.Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(first, [await world.RoomAsync("r1")]), BatchWorld.Petra, CancellationToken.None));

        var plan = BatchWorld.Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(first), CancellationToken.None));
        var rows = await world.Get<BatchCategoryQueries>().ListAsync(first, plan.Id, Paging.Of(0, 50), CancellationToken.None);

        Assert.Equal([("B", 1), ("One", 0)], rows.Items.Select(x => (x.Name, x.RoomCount)));
        Assert.Equal(2, rows.Total);
        BatchWorld.Refused(await SetAsync(world, second, "node A", "Two"), "category-named-otherwise");
        BatchWorld.Done(await SetAsync(world, first, "node A", ""));
        BatchWorld.Done(await SetAsync(world, second, "node A", "Two"));
    }

    [Fact]
    public async Task Name_OfABatchThatEndedBeforeItWroteAnything_BindsNobody()
    {
        await using var world = await BatchWorld.StartAsync(new PoolBuilder().Category("A").Room("r1", "A").Room("r2", "A"));
        var (first, second) = (await world.CreateAsync(BatchWorld.Petra, "first", "r1"), await world.CreateAsync(BatchWorld.Petra, "second", "r2"));
        BatchWorld.Done(await SetAsync(world, first, "node A", "One"));
        await world.Database.ExecuteAsync($"update portal.batches set state = 'Cancelled' where id = {first}");
        BatchWorld.Refused(await SetAsync(world, second, "node A", "Two"), "category-named-otherwise");
        await world.Database.ExecuteAsync($"update portal.batch_rooms set is_open = false where batch_id = {first}");

        BatchWorld.Done(await SetAsync(world, second, "node A", "Two"));
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    public async Task Set_NameThatCannotBeReadAsItIs_IsRefusedForCategoryRoomAndBatch(string name)
    {
        await using var world = await BatchWorld.StartAsync();
        var batch = await world.CreateAsync(BatchWorld.Petra, "b", "Desk");
        var desk = await world.RoomAsync("Desk");

        BatchWorld.Refused(await SetAsync(world, batch, "node Trading", name), "invalid-name");
        BatchWorld.Refused(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(batch, desk, name), BatchWorld.Petra, CancellationToken.None), "invalid-name");
        BatchWorld.Refused(await world.Get<RenameBatchHandler>().HandleAsync(new RenameBatch(batch, name), BatchWorld.Petra, CancellationToken.None), "invalid-name");
        BatchWorld.Refused(await world.Get<CreateBatchHandler>().HandleAsync(new CreateBatch(BatchWorld.Pair, name, [await world.RoomAsync("Repo")]), BatchWorld.Petra, CancellationToken.None), "invalid-name");
    }

    private static Task<MigrationPortal.Engine.Outcome<BatchEdited>> SetAsync(BatchWorld world, long batch, string node, string name) =>
        world.Get<SetCategoryNameHandler>().HandleAsync(new SetCategoryName(batch, PoolBuilder.Guids(node), name), BatchWorld.Petra, CancellationToken.None);

    private static async Task<IReadOnlyList<BatchFinding>> BlockersAsync(BatchWorld world, long batch)
    {
        BatchWorld.Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(batch), CancellationToken.None));
        await using var db = world.Database.OpenPortal();
        return await db.Set<BatchFinding>().Where(x => x.BatchId == batch && x.Severity == Severity.Blocker).ToListAsync();
    }
}
