using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Runs;

/// <summary>How far the latest run of each batch has come.</summary>
internal sealed class FiguresOfBatches : IBatchFigures
{
    public async Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(x => x.Id).ToList();
        var latest = db.Set<Run>().Where(x => ids.Contains(x.BatchId) && !db.Set<Run>().Any(later => later.BatchId == x.BatchId && later.Id > x.Id));
        var found = await latest.Select(run => new
        {
            run.BatchId,
            Copied = db.Set<RoomTransfer>().Where(x => x.RunId == run.Id).Sum(x => x.CopiedMessageCount),
            Total = db.Set<RoomTransfer>().Where(x => x.RunId == run.Id).Sum(x => x.TotalMessageCount),
        }).ToDictionaryAsync(x => x.BatchId, cancellationToken);
        foreach (var row in rows.Where(x => found.ContainsKey(x.Id)))
            (row.CopiedMessageCount, row.TotalMessageCount) = (found[row.Id].Copied, found[row.Id].Total);
    }
}
