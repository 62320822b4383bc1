using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Runs;

/// <summary>How far the latest run of each batch has come.</summary>
internal sealed class FiguresOfBatches : IBatchFigures
{
    public bool AreProgress => true;

    public async Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(x => x.Id).ToList();
        var latest = db.Set<Run>().Where(x => ids.Contains(x.BatchId) && !db.Set<Run>().Any(later => later.BatchId == x.BatchId && later.Id > x.Id));
        // One pass over the transfers for both sums.
        var found = await (
            from run in latest
            join transfer in db.Set<RoomTransfer>() on run.Id equals transfer.RunId into transfers
            from transfer in transfers.DefaultIfEmpty()
            group transfer by run.BatchId into sums
            select new { BatchId = sums.Key, Copied = sums.Sum(x => (long?)x!.CopiedMessageCount) ?? 0, Total = sums.Sum(x => (long?)x!.TotalMessageCount) ?? 0 })
            .ToDictionaryAsync(x => x.BatchId, cancellationToken);
        foreach (var row in rows.Where(x => found.ContainsKey(x.Id)))
            (row.CopiedMessageCount, row.TotalMessageCount) = (found[row.Id].Copied, found[row.Id].Total);
    }
}
