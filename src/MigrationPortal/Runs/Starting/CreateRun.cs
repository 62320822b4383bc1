using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Rooms;
using MigrationPortal.Runs.Limiting;

namespace MigrationPortal.Runs.Starting;

/// <summary>The two ways a start can end, each one transaction that begins with a compare-and-set on the batch.</summary>
/// <param name="From">States of the batch that it may leave.</param>
/// <param name="Rule">What would have been right, should the state not fit.</param>
/// <param name="PlanId">The kept plan that was approved first.</param>
internal sealed record RunOrder(
    RunKind Kind, Batch Batch, BatchState[] From, string Rule, long PlanId, MigrationPlan Plan, IReadOnlyList<string> Confirmations, Caller By)
{
    /// <summary>Whose approvals must suffice at this moment; null where messages alone came since, which needs none.</summary>
    public ReviewKind? ReviewKind { get; init; } = Kind == RunKind.Move ? Reviews.ReviewKind.Plan : null;

    /// <inheritdoc cref="StartRun.Still"/>
    public Func<PortalDbContext, CancellationToken, Task<Refusal?>>? Still { get; init; }

    /// <summary>Rooms of the batch that this run leaves as they are, each with its reason; they are no part of the plan.</summary>
    public IReadOnlyList<SetAsideRoom> SetAside { get; init; } = [];
}

/// <param name="Name">In the new pool.</param>
internal sealed record SetAsideRoom(Guid Guid, string Name, Wording Reason);

internal sealed class CreateRun(
    IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchEdits edits, BatchRefusals refusals, IEnumerable<IBatchHold> holds, StartGate gate, ReviewRounds rounds, RunLimitQueries limits, TimeProvider time)
{
    /// <param name="also">Part of the same transaction.</param>
    public async Task<Outcome<RunMoved>> HandleAsync(RunOrder order, CancellationToken cancellationToken, Func<PortalDbContext, Task>? also = null)
    {
        var (batch, plan) = (order.Batch, order.Plan);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await SwapAsync(db, batch, order.From, BatchState.Running, plan.Fingerprint, cancellationToken))
            return await LostAsync(db, batch, order.Rule, cancellationToken);
        if (await holds.FindAsync(db, batch, cancellationToken) is { } held)
            return held;
        if (order.Still is { } still && await still(db, cancellationToken) is { } over)
            return over;
        if (order.ReviewKind is { } kind && await gate.TakeAsync(db, batch, kind, plan.Fingerprint, order.By, cancellationToken) is { } missing)
        {
            await transaction.RollbackAsync(cancellationToken);
            await gate.SettleAsync(batch.Id, cancellationToken);
            return missing;
        }

        var needless = await EndNeedlessAsync(db, batch, order.By, cancellationToken);
        if (also is not null)
            await also(db);
        var current = await limits.FindForStartAsync(db, batch.PoolPairId, cancellationToken);
        var run = new Run
        {
            BatchId = batch.Id,
            PlanId = order.PlanId,
            Kind = order.Kind,
            State = RunState.Running,
            StartedBy = order.By.Name,
            StartedAt = time.GetUtcNow(),
            ConfirmedAt = time.GetUtcNow(),
            Confirmations = [.. order.Confirmations.Distinct(StringComparer.Ordinal)],
            Fingerprint = plan.Fingerprint,
            MessagesPerSecond = current.MessagesPerSecond,
            RoomsAtATime = current.RoomsAtATime,
            Document = PlanDocument.Write(plan),
        };
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        if (order.Kind == RunKind.Move)
            await StartGate.NameRunAsync(db, batch.Id, run.Id, cancellationToken);
        var moved = order.Kind == RunKind.Move ? [] : await CountMovedAsync(db, run, cancellationToken);
        await AddTransfersAsync(db, order, run, moved, cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["run"] = run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["fingerprint"] = run.Fingerprint,
            ["confirmations"] = string.Join(", ", run.Confirmations),
        };
        var started = order.Kind switch { RunKind.Delta => "DeltaStarted", RunKind.CutOver => "CutOverStarted", _ => "RunStarted" };
        await timeline.RecordAsync(db, batch, [.. needless, new TimelineEntry(order.By, started, batch.State, BatchState.Running, null, values)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return new RunMoved(batch.Id, run.Id, RunState.Running);
    }

    // Changes that were asked for and are gone again: left open, their review would keep every later undo waiting.
    private async Task<IReadOnlyList<TimelineEntry>> EndNeedlessAsync(PortalDbContext db, Batch batch, Caller by, CancellationToken cancellationToken)
    {
        if (!await ReviewQueries.Live(db).AnyAsync(x => x.BatchId == batch.Id && x.Kind == Reviews.ReviewKind.Delta, cancellationToken))
            return [];
        var lost = await rounds.EndLiveAsync(db, batch, new Loss(LossKind.NoLongerNeeded, by, null), batch.State, cancellationToken, Reviews.ReviewKind.Delta);
        return [new TimelineEntry(by, ReviewEvents.DeltaNotNeeded, batch.State, batch.State, null), .. lost];
    }

    public async Task<Outcome<RunMoved>> RefuseAsync(RunOrder order, Wording drift, CancellationToken cancellationToken)
    {
        var batch = order.Batch;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await SwapAsync(db, batch, order.From, BatchState.Draft, batch.ApprovedFingerprint, cancellationToken))
            return await LostAsync(db, batch, order.Rule, cancellationToken);
        var changed = new TimelineEntry(order.By, BatchEventKinds.PlanChanged, batch.State, BatchState.Draft, drift);
        var voided = await edits.VoidAsync(db, batch, Caller.Portal, new("Detail.ChangedSinceApproval", drift), cancellationToken);
        await timeline.RecordAsync(db, batch, [changed, .. voided], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return new Refusal("plan-changed.start", RefusalKind.Conflict, drift);
    }

    private static async Task<bool> SwapAsync(
        PortalDbContext db, Batch batch, BatchState[] from, BatchState to, string? approved, CancellationToken cancellationToken) =>
        await BatchMoves.StartAsync(db, batch, from, to, approved, cancellationToken);

    private async Task<Refusal> LostAsync(PortalDbContext db, Batch batch, string rule, CancellationToken cancellationToken)
    {
        await db.Database.RollbackTransactionAsync(cancellationToken);
        return await refusals.WrongStateAsync(db, batch.Id, rule, cancellationToken);
    }

    /// <summary>What stands there already is no progress of a delta: its rate would be a fable.</summary>
    private static async Task<Dictionary<Guid, long>> CountMovedAsync(PortalDbContext db, Run run, CancellationToken cancellationToken)
    {
        var last = await db.Set<Run>().Where(x => x.BatchId == run.BatchId && x.Id < run.Id).MaxAsync(x => x.Id, cancellationToken);
        return await db.Set<RoomTransfer>().Where(x => x.RunId == last).ToDictionaryAsync(x => x.Guid, x => x.CopiedMessageCount, cancellationToken);
    }

    private static async Task AddTransfersAsync(
        PortalDbContext db, RunOrder order, Run run, IReadOnlyDictionary<Guid, long> moved, CancellationToken cancellationToken)
    {
        var roomIds = await (
            from inBatch in BatchReads.Rooms(db)
            join room in RoomQueries.All(db) on inBatch.RoomId equals room.Id
            where inBatch.BatchId == order.Batch.Id
            select new { room.Guid, room.Id }).ToDictionaryAsync(x => x.Guid, x => x.Id, cancellationToken);
        db.AddRange(order.Plan.Rooms.Select((room, ordinal) => new RoomTransfer
        {
            RunId = run.Id,
            RoomId = roomIds[room.Guid],
            Guid = room.Guid,
            Ordinal = ordinal,
            RoomName = room.Name,
            State = TransferState.Pending,
            CopiedMessageCount = moved.GetValueOrDefault(room.Guid),
            TotalMessageCount = room.Messages.Count,
        }));
        db.AddRange(order.SetAside.Select((room, i) => new RoomTransfer
        {
            RunId = run.Id,
            RoomId = roomIds[room.Guid],
            Guid = room.Guid,
            Ordinal = order.Plan.Rooms.Count + i,
            RoomName = room.Name,
            State = TransferState.Skipped,
            Error = room.Reason,
            CopiedMessageCount = moved.GetValueOrDefault(room.Guid),
            TotalMessageCount = moved.GetValueOrDefault(room.Guid),
            FinishedAt = run.StartedAt,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
