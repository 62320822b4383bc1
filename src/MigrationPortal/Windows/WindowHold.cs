using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Windows;

/// <summary>Outside the windows of a pool pair nothing begins to write into its new pool: no run, delta run, cutover, undo or resume, but what two people started in an emergency.</summary>
internal sealed class WindowHold(BreakGlassWindows emergencies, TimeProvider clock) : IBatchHold
{
    public async Task<Refusal?> FindAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        Refuse(await WindowQueries.FindAsync(db, batch.PoolPairId, cancellationToken), clock.GetUtcNow()) is { } closed
        && !await emergencies.AreIgnoredAsync(db, batch, cancellationToken) && !await ResumesAsync(db, batch, cancellationToken)
            ? closed
            : null;

    public static Refusal? Refuse(PairWindows windows, DateTimeOffset now) =>
        windows.IsOpen(now) ? null
            : windows.FindNext(now) is { } next ? new("window-closed.until", RefusalKind.Conflict, next.From)
            : new("window-closed.never", RefusalKind.Conflict);

    // The run of an emergency start, which somebody paused. Another one, an undo or a delta is not what two people confirmed.
    private static async Task<bool> ResumesAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var last = await RunQueries.All(db).Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).Select(x => new { x.Id, x.State }).FirstOrDefaultAsync(cancellationToken);
        return last is { State: RunState.Running } && await BreakGlassReads.Runs(db).ContainsAsync(last.Id, cancellationToken);
    }
}
