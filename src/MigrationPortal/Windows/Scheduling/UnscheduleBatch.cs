using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>Takes a scheduled start back; the batch stays approved.</summary>
internal sealed class UnscheduleBatchHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals)
{
    private const string Doing = "schedule-batch";

    public async Task<Outcome<long>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Operator, Doing) is { } lacking)
            return lacking;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, batchId, caller, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (batch.State != BatchState.Scheduled || !await BatchMoves.TakeAsync(db, batch, BatchState.Approved, cancellationToken))
            return await refusals.WrongStateAsync(db, batchId, "Rule.Unschedule", cancellationToken);
        await db.Set<Schedule>().Where(x => x.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, ScheduleEvents.Unscheduled, batch.State, BatchState.Approved, null), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return batchId;
    }
}
