using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Jobs;

namespace MigrationPortal.Undo;

/// <summary>Undos that were approved and started.</summary>
internal sealed class UnfinishedUndos(IDbContextFactory<PortalDbContext> databases) : IUnfinishedWork
{
    public async Task EnqueueAsync(JobQueue jobs, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = await db.Set<UndoRequest>().Where(x => x.State == UndoState.Running).Select(x => x.BatchId).ToListAsync(cancellationToken);
        await jobs.EnqueueEachAsync<UndoBatchJob>(batches, cancellationToken);
    }
}
