using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Steering;

namespace MigrationPortal.Undo;

/// <summary>What the undo removed is below the point where a copy resumes: it would stay missing.</summary>
internal sealed class NoUndoBegun : IResumeCheck
{
    public async Task<Refusal?> CheckAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        await db.Set<UndoRequest>().AnyAsync(x => x.BatchId == batchId && x.State == UndoState.Failed && x.RemovedMessageCount > 0, cancellationToken)
            ? new("undo-begun", RefusalKind.Conflict)
            : null;
}
