using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>A page reads a batch again only where a plan is to be computed.</summary>
public sealed class FreshPlanTests
{
    [Fact]
    public async Task Find_PlanIsKept_IsFresh_UntilTheBatchChanges()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Assert.True((await FindAsync(world, id, computes: true)).IsPlanFresh);
        Assert.True((await FindAsync(world, id, computes: false)).IsPlanFresh);

        Done(await world.Get<EditBatchHandler>().HandleAsync(new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { PrefixSeparator = " / " } }, Petra, CancellationToken.None));

        var stale = await FindAsync(world, id, computes: false);
        Assert.False(stale.IsPlanFresh);
        Assert.NotNull(stale.Plan);
    }

    private static async Task<BatchView> FindAsync(BatchWorld world, long id, bool computes) =>
        (await world.Get<BatchViewQueries>().FindAsync(id, Petra, computes, CancellationToken.None))!;
}
