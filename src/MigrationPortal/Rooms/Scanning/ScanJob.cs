using Quartz;

namespace MigrationPortal.Rooms.Scanning;

/// <summary>Key: the pool pair's id.</summary>
[DisallowConcurrentExecution]
internal sealed class ScanJob(ScanPools scan) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await scan.HandleAsync(context.JobDetail.Key.Name, cancellationToken);
}
