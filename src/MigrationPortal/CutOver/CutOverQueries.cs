using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Rooms;

namespace MigrationPortal.CutOver;

public sealed record CutOverLine(ChecklistStep Step, CutOverStep? State)
{
    public bool IsDone => State?.DoneAt is not null;

    public long Version => State?.Version ?? SetCutOverStep.Untouched;
}

/// <param name="Next">Number of the first step that is not done; null when all are.</param>
public sealed record CutOverView(IReadOnlyList<CutOverLine> Lines, int BatchCount, int ClosedBatchCount, long LeftRoomCount)
{
    public int? Next => Lines.FirstOrDefault(x => !x.IsDone)?.Step.Number;
}

internal sealed class CutOverQueries(IDbContextFactory<PortalDbContext> databases, RoomQueries rooms)
{
    // Neither there nor left out.
    private static readonly Place[] Left = [Place.Moving, Place.Waiting, Place.Unplanned];

    public async Task<CutOverView> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var states = await db.Set<CutOverStep>().AsNoTracking().Where(x => x.PoolPairId == poolPairId).ToDictionaryAsync(x => x.Number, cancellationToken);
        var batches = await CutOverBatches.Of(db, poolPairId).GroupBy(x => x.State == BatchState.CutOver)
            .Select(x => new { IsClosed = x.Key, Count = x.Count() }).ToListAsync(cancellationToken);
        var places = await rooms.CountByPlaceAsync(poolPairId, cancellationToken);
        return new CutOverView(
            [.. CutOverChecklist.Steps.Select(x => new CutOverLine(x, states.GetValueOrDefault(x.Number)))],
            batches.Sum(x => x.Count), batches.Where(x => x.IsClosed).Sum(x => x.Count),
            places.Where(x => Left.Contains(x.Key)).Sum(x => x.Value.Rooms));
    }
}
