using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>Keeps why a scheduled batch does not start: for now, or no more. Where somebody was faster, nothing is done.</summary>
internal sealed class MissSchedule(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, TimeProvider clock)
{
    /// <summary>The batch is approved as before.</summary>
    /// <param name="schedule">As it was seen; one that took its place is not missed.</param>
    public async Task HandleAsync(Batch seen, Schedule schedule, Wording reason, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await BatchMoves.TakeAsync(db, seen, BatchState.Approved, cancellationToken))
            return;
        var now = clock.GetUtcNow();
        var missed = await db.Set<Schedule>().Where(x => x.BatchId == seen.Id && x.At == schedule.At).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.MissedAt, now).SetProperty(x => x.MissedWhy, reason).SetProperty(x => x.Waits, (Wording?)null), cancellationToken);
        if (missed == 0)
            return;
        await timeline.RecordAsync(db, seen, new TimelineEntry(Caller.Portal, ScheduleEvents.Missed, seen.State, BatchState.Approved, reason), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(seen);
    }

    /// <inheritdoc cref="HandleAsync"/>
    public async Task WaitAsync(Batch seen, Schedule schedule, Wording reason, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var changed = await db.Set<Schedule>().Where(x => x.BatchId == seen.Id && x.At == schedule.At && x.MissedAt == null && (x.Waits == null || x.Waits != reason))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Waits, reason), cancellationToken);
        if (changed > 0)
            timeline.Announce(seen);
    }
}
