using System.Globalization;
using Quartz;

namespace MigrationPortal.Undo;

/// <summary>Key: the batch's id.</summary>
[DisallowConcurrentExecution]
internal sealed class UndoBatchJob(UndoBatch undo) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await undo.HandleAsync(long.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
}
