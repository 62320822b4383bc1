using System.Globalization;
using Quartz;

namespace MigrationPortal.Verification;

/// <summary>Key: the batch's id.</summary>
[DisallowConcurrentExecution]
internal sealed class VerifyBatchJob(VerifyRoomAgain prove) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await prove.HandleAsync(long.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
}
