using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Planning;

/// <summary>A batch that was started has the plan that it was started with, or none: opening its page never makes another.</summary>
public sealed class PlanOfStartedBatchTests
{
    [Theory]
    [InlineData(BatchState.Running)]
    [InlineData(BatchState.Paused)]
    [InlineData(BatchState.Completed)]
    [InlineData(BatchState.Undone)]
    public async Task Open_StartedBatchWhosePlanIsMissing_SaysSoAndKeepsItsState(BatchState state)
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        await world.Database.ExecuteAsync($"delete from portal.batch_plans; update portal.batches set state = '{state}' where id = {id}");

        Refused(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None), "plan-missing");
        var view = (await world.Get<BatchViewQueries>().FindAsync(id, Petra, computes: true, CancellationToken.None))!;

        Assert.Contains("Wave 1", view.PlanProblem, StringComparison.Ordinal);
        Assert.Equal(state, (await world.BatchAsync(id)).State);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_plans"));
    }
}
