using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>Which batches of a list started, or may start, by an emergency start that no auditor has reviewed.</summary>
internal sealed class BreakGlassOfRows : IBatchFigures
{
    public async Task AddAsync(PortalDbContext db, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(x => x.Id).ToArray();
        var unreviewed = await BreakGlassReads.Unreviewed(db).Where(x => ids.Contains(x.BatchId)).Select(x => x.BatchId).ToListAsync(cancellationToken);
        foreach (var row in rows)
            row.HasUnreviewedEmergency = unreviewed.Contains(row.Id);
    }
}
