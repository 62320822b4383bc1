using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;

namespace MigrationPortal.Verification;

/// <summary>Verifications that somebody asked for.</summary>
internal sealed class UnfinishedVerifications(IDbContextFactory<PortalDbContext> databases) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = await db.Set<VerificationRequest>().Where(x => x.State == VerificationState.Running).Select(x => x.BatchId).ToListAsync(cancellationToken);
        await jobs.EnqueueEachAsync<VerifyBatchJob>(batches, cancellationToken);
    }
}
