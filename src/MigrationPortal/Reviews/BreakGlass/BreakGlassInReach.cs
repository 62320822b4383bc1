using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>An emergency start that somebody acts on: whether it is there, and whether the caller's roles reach its batch.</summary>
internal static class BreakGlassInReach
{
    public static async Task<Outcome<BreakGlassRequest>> FindAsync(PortalDbContext db, long id, Caller caller, Role[] roles, string doing, CancellationToken cancellationToken)
    {
        if (await BreakGlassReads.All(db).FirstOrDefaultAsync(x => x.Id == id, cancellationToken) is not { } seen)
            return new Refusal("not-found.break-glass", RefusalKind.NotFound, BreakGlassLock.Text(id));
        var batch = await BatchInReach.FindAsync(db, seen.BatchId, caller, roles, doing, cancellationToken);
        return batch.IsDone ? seen : batch.Refusal;
    }

    /// <summary>Null while it waits for a second person.</summary>
    public static Refusal? RefuseClosed(BreakGlassRequest asked, Batch batch, DateTimeOffset now) => asked.State switch
    {
        BreakGlassState.Confirmed or BreakGlassState.Started => new("break-glass-confirmed", RefusalKind.Conflict, batch.Name),
        BreakGlassState.Withdrawn => new("break-glass-withdrawn", RefusalKind.Conflict, batch.Name),
        _ => asked.IsOpen(now) ? null : new("break-glass-lapsed", RefusalKind.Conflict, (long)BreakGlassRequest.ConfirmWithin.TotalMinutes),
    };
}
