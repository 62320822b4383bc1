using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using Quartz;

namespace MigrationPortal.Audit.Anchors;

/// <summary>One job for all nodes.</summary>
[DisallowConcurrentExecution]
internal sealed class CheckAuditJob(CheckAudit check) : IJob
{
    public const string Key = "audit";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await check.HandleAsync(cancellationToken);
}

/// <summary>An hour after the last check, whichever node made it.</summary>
internal sealed class DueAuditCheck(IDbContextFactory<PortalDbContext> databases, TimeProvider time) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow() - CheckAudit.Interval;
        if (!await db.Set<AuditCheck>().AnyAsync(x => x.At > before, cancellationToken))
            await jobs.EnqueueAsync<CheckAuditJob>(CheckAuditJob.Key, cancellationToken);
    }
}
