using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches;

/// <summary>Drafts that were submitted and that a changed source or the options of their pool pair took back, not an edit.</summary>
internal sealed class FallenBack(IDbContextFactory<PortalDbContext> databases)
{
    // Told after the change that caused them.
    private static readonly string[] _consequences = [BatchEventKinds.ApprovalsVoided, BatchEventKinds.ApprovalLost];

    /// <returns>Of those batches that were taken back, when.</returns>
    public async Task<IReadOnlyDictionary<long, DateTimeOffset>> FindAsync(IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken)
    {
        var ids = batchIds.ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var moves = db.Set<BatchEvent>().AsNoTracking().Where(x => ids.Contains(x.BatchId) && x.To == BatchState.Draft && x.From != null && x.From != BatchState.Draft && !_consequences.Contains(x.Kind));
        return await moves.Where(x => (x.Kind == BatchEventKinds.PlanChanged || x.Kind == BatchEventKinds.PairOptionsChanged) && !moves.Any(later => later.BatchId == x.BatchId && later.Id > x.Id))
            .ToDictionaryAsync(x => x.BatchId, x => x.At, cancellationToken);
    }
}
