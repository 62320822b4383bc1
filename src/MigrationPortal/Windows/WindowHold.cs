using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs;

namespace MigrationPortal.Windows;

/// <summary>Outside the windows of a pool pair nothing begins to write into its new pool: no run, delta run, cutover, undo or resume.</summary>
internal sealed class WindowHold(TimeProvider clock) : IBatchHold
{
    public async Task<Refusal?> FindAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        Refuse(await WindowQueries.FindAsync(db, batch.PoolPairId, cancellationToken), clock.GetUtcNow());

    public static Refusal? Refuse(PairWindows windows, DateTimeOffset now) =>
        windows.IsOpen(now) ? null
            : windows.FindNext(now) is { } next ? new("window-closed.until", RefusalKind.Conflict, next.From)
            : new("window-closed.never", RefusalKind.Conflict);
}
