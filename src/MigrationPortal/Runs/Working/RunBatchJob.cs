using System.Globalization;
using Quartz;

namespace MigrationPortal.Runs.Working;

/// <summary>Key: the batch's id, so that one batch runs once in the whole cluster.</summary>
[DisallowConcurrentExecution]
internal sealed class RunBatchJob(RunBatch run) : IJob
{
    // A cancellation leaves as it is: a job that returns counts as finished and nobody takes over.
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await run.HandleAsync(long.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
}
