using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Policy.Loosening;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>Emergency starts of a pool pair change one after the other: its policy first, then the batch's row, as policies do.</summary>
internal static class BreakGlassLock
{
    public static async Task<Batch?> TakeAsync(PortalDbContext db, string poolPairId, long batchId, CancellationToken cancellationToken)
    {
        await KeepPolicy.LockAsync(db, poolPairId, cancellationToken);
        return await BatchMoves.LockAsync(db, batchId, cancellationToken);
    }

    /// <summary>Those that nobody confirmed in time, and those whose round is over, no longer keep others out.</summary>
    public static Task<int> LapseAsync(PortalDbContext db, string poolPairId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var live = ReviewQueries.Live(db).Select(x => x.Id);
        var asked = now - BreakGlassRequest.ConfirmWithin;
        return db.Set<BreakGlassRequest>()
            .Where(x => x.PoolPairId == poolPairId && x.State == BreakGlassState.Asked && (x.AskedAt <= asked || !live.Contains(x.ReviewId)))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BreakGlassState.Lapsed), cancellationToken);
    }

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
