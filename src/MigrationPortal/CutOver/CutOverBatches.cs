using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Verification;

namespace MigrationPortal.CutOver;

/// <param name="Grade">Null before any of its rooms was verified.</param>
/// <param name="Open">Rooms with differences that nobody accepted.</param>
/// <param name="Messages">Of its rooms in the legacy pool, by the last scan.</param>
/// <param name="Since">How many of these are not in the new pool; null before its first run is through.</param>
public sealed record CutOverBatchLine(long Id, string Name, BatchState State, int Rooms, Grade? Grade, int Open, long Messages = 0, long? Since = null)
{
    public bool IsClosed => State == BatchState.CutOver;
}

/// <summary>The batches of a pool pair as the final delta takes them: those that can be cut over first, then what is not ready, then what is done.</summary>
internal sealed class CutOverBatches(IDbContextFactory<PortalDbContext> databases, VerificationQueries verification)
{
    private static readonly BatchState[] Ready = [BatchState.Completed, BatchState.CompletedWithFindings];

    public async Task<IReadOnlyList<CutOverBatchLine>> ListAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = await Of(db, poolPairId)
            .Select(x => new { x.Id, x.Name, x.State, Rooms = BatchReads.Rooms(db).Count(room => room.BatchId == x.Id) }).ToListAsync(cancellationToken);
        var sums = await SumUp(db, poolPairId).ToDictionaryAsync(x => x.BatchId, cancellationToken);
        var grades = await verification.ListGradesAsync([.. batches.Select(x => x.Id)], cancellationToken);
        return [.. batches
            .Select(x => new CutOverBatchLine(x.Id, x.Name, x.State, x.Rooms, grades.TryGetValue(x.Id, out var found) ? found.Grade : null, found.Open, sums.GetValueOrDefault(x.Id)?.Messages ?? 0,
                Ready.Contains(x.State) ? sums.GetValueOrDefault(x.Id)?.Since ?? 0 : null))
            .OrderBy(x => x.IsClosed ? 3 : !Ready.Contains(x.State) ? 2 : x.Open > 0 ? 1 : 0).ThenBy(x => x.Id)];
    }

    /// <summary>Without those that are undone, or were cancelled before they wrote anything: their rooms are free.</summary>
    public static IQueryable<Batch> Of(PortalDbContext db, string poolPairId) => BatchReads.All(db).Where(x => x.PoolPairId == poolPairId && x.State != BatchState.Undone
        && (x.State != BatchState.Cancelled || BatchReads.Rooms(db).Any(room => room.BatchId == x.Id && room.IsOpen)));

    // What was posted in the new room since is no message of the legacy room; one that was purged there leaves no debt.
    private static IQueryable<Sums> SumUp(PortalDbContext db, string poolPairId) =>
        from scan in PoolPairQueries.CurrentScans(db)
        where scan.PoolPairId == poolPairId
        join room in RoomQueries.Pairs(db) on scan.ScanId equals room.ScanId
        join inBatch in BatchReads.Rooms(db) on room.RoomId equals inBatch.RoomId
        group room by inBatch.BatchId into rooms
        select new Sums(rooms.Key, rooms.Sum(x => x.LegacyMessageCount ?? 0), rooms.Sum(x => Math.Max(0, (x.LegacyMessageCount ?? 0) - (x.NewMessageCount ?? 0) + x.NewSinceCount)));

    /// <summary>Whether a final delta of it can start.</summary>
    public static bool IsReady(CutOverBatchLine batch) => Ready.Contains(batch.State);

    private sealed record Sums(long BatchId, long Messages, long Since);
}
