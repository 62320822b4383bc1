using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Delta;

/// <summary>What a delta of a batch would do now.</summary>
/// <param name="Last">The run whose plan stands in the new pool.</param>
/// <param name="Changes">Rights and settings that are different from then; all of them.</param>
/// <param name="SetAside">Rooms that cannot be brought up to date now and stay as they are.</param>
internal sealed record PlannedDelta(Batch Batch, PoolPairConnections Pair, Run Last, MigrationPlan Plan, IReadOnlyList<DeltaChange> Changes, IReadOnlyList<RoomGrowth> Growth, IReadOnlyList<SetAsideRoom> SetAside)
{
    /// <summary>What was last moved.</summary>
    public required MigrationPlan Before { get; init; }

    /// <summary>What it warns of that nobody approved yet.</summary>
    public IReadOnlyList<DeltaWarning> Warnings { get; init; } = [];

    /// <summary>Messages alone need nobody's yes again.</summary>
    public bool NeedsReview => Plan.Fingerprint != Last.Fingerprint;
}

/// <param name="Before">Messages in the legacy room when it was last moved.</param>
/// <param name="Now">Fewer than before where some were purged.</param>
internal sealed record RoomGrowth(string Room, long Before, long Now);

/// <summary>Reads both pools again and plans the batch as if it had not run; what is different then came since.</summary>
internal sealed class PlanDeltaHandler(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, SourcePlan fresh, BatchRefusals refusals, TimeProvider time)
{
    public static readonly BatchState[] From = [BatchState.Completed, BatchState.CompletedWithFindings];

    public const string Rule = "Rule.Delta";

    /// <summary>Why a batch in any other state has no delta.</summary>
    public static string RuleOf(BatchState state) => state switch
    {
        BatchState.CutOver => "Rule.DeltaCutOver",
        _ when state.IsUndone() => "Rule.DeltaUndone",
        _ => Rule,
    };

    public async Task<Outcome<PlannedDelta>> HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var read = await PlanInput.ReadAsync(db, batchId, cancellationToken);
        if (!read.IsDone)
            return read.Refusal;
        var batch = read.Value.Batch;
        var last = await RunQueries.All(db).Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (!From.Contains(batch.State) || last is null)
            return await refusals.WrongStateAsync(db, batchId, RuleOf, cancellationToken);
        if (catalog.Find(batch.PoolPairId) is not { } pair)
            return new Refusal("pool-pair-not-found.any-more", RefusalKind.Conflict, batch.PoolPairId);
        if (await new TransferJournal(batchId, databases, time).FindAllocationAsync(cancellationToken) is not { } own)
            return new Refusal("not-run", RefusalKind.Conflict, batch.Name);
        var passing = await fresh.MakeDeltaAsync(db, read.Value, pair, own, cancellationToken);
        if (!passing.IsDone)
            return passing.Refusal;
        var (plan, aside) = (passing.Value.Plan, passing.Value.SetAside);
        // Without any room left, what blocks them is all there is to say.
        if ((plan.Plan.Rooms.Count == 0 ? [.. aside, .. plan.Findings] : plan.Findings).Where(x => x.Severity == Severity.Blocker).ToList() is [var first, ..] blockers)
            return blockers.Count > 1
                ? new Refusal("delta-blocked.more", RefusalKind.Conflict, blockers.Count - 1, batch.Name, FindingSubject.WordingOf(first.RuleId, first.Subject), first)
                : new Refusal("delta-blocked", RefusalKind.Conflict, batch.Name, FindingSubject.WordingOf(first.RuleId, first.Subject), first);
        var before = PlanDocument.Read(last.Document);
        var set = SetAside(before, aside);
        var rooms = await BatchReads.RoomIdsAsync(db, batchId, cancellationToken);
        var changes = new DeltaChanges(before, plan.Plan, set, rooms);
        var known = before.Warnings ?? await DeltaWarnings.ReadAsync(db, batchId, rooms, cancellationToken);
        var warnings = DeltaWarning.List(DeltaWarnings.Own(known, plan.Plan.Warnings ?? []), rooms);
        return new PlannedDelta(batch, pair, last, plan.Plan, DeltaOrder.Sort(changes.List()), Growth(before, plan.Plan), set) { Before = before, Warnings = warnings };
    }

    // The first of a room's blockers, as a refusal names the first of a batch.
    private static IReadOnlyList<SetAsideRoom> SetAside(MigrationPlan before, IReadOnlyList<Finding> aside)
    {
        var names = before.Rooms.ToDictionary(x => x.Guid, x => x.Name);
        return [.. aside.DistinctBy(x => x.Room).Select(x => new SetAsideRoom(x.Room!.Value, names.GetValueOrDefault(x.Room.Value, x.Subject), x.Wording))];
    }

    private static IReadOnlyList<RoomGrowth> Growth(MigrationPlan before, MigrationPlan now)
    {
        var counts = before.Rooms.ToDictionary(x => x.Guid, x => x.Messages.Count);
        return [.. from room in now.Rooms let then = counts.GetValueOrDefault(room.Guid) where then != room.Messages.Count select new RoomGrowth(room.Name, then, room.Messages.Count)];
    }
}
