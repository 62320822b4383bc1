using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.CutOver;

internal sealed record CutOverLine(ChecklistStep Step, CutOverStep? State)
{
    public bool IsDone => State?.DoneAt is not null;
}

/// <param name="Next">Number of the first step that is not done; null when all are.</param>
internal sealed record CutOverView(IReadOnlyList<CutOverLine> Lines, int BatchCount, int ClosedBatchCount, int LeftRoomCount)
{
    public int? Next => Lines.FirstOrDefault(x => !x.IsDone)?.Step.Number;
}

internal sealed class CutOverQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<CutOverView> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var states = await db.Set<CutOverStep>().AsNoTracking().Where(x => x.PoolPairId == poolPairId).ToDictionaryAsync(x => x.Number, cancellationToken);
        var batches = await db.Set<Batch>().Where(x => x.PoolPairId == poolPairId && x.State != BatchState.Undone).GroupBy(x => x.State == BatchState.CutOver)
            .Select(x => new { IsClosed = x.Key, Count = x.Count() }).ToListAsync(cancellationToken);
        var left = await db.Database.SqlQuery<int>($"""
            select count(*)::int as "Value" from portal.room_pairs p
            join portal.pool_pairs pair on pair.current_scan_id = p.scan_id
            join portal.rooms r on r.id = p.room_id
            where pair.id = {poolPairId} and p.comparison = 'OnlyLegacy' and r.left_out_at is null
            """).SingleAsync(cancellationToken);
        return new CutOverView(
            [.. CutOverChecklist.Steps.Select(x => new CutOverLine(x, states.GetValueOrDefault(x.Number)))],
            batches.Sum(x => x.Count), batches.Where(x => x.IsClosed).Sum(x => x.Count), left);
    }
}
