using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Delta.Warnings;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Delta;

/// <summary>Puts changed rights and settings before another person; the batch keeps its state until then.</summary>
internal sealed class OpenDeltaReview(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, ReviewRounds rounds, TimeProvider clock)
{
    public async Task<Outcome<DeltaStarted>> HandleAsync(PlannedDelta delta, Caller caller, CancellationToken cancellationToken)
    {
        var (batch, fingerprint) = (delta.Batch, delta.Plan.Fingerprint);
        var counted = DeltaFacts.Count(delta);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked, so that no run and no undo starts between the look and the request.
        if (!await BatchMoves.HoldAsync(db, batch.Id, [batch.State], cancellationToken))
            return await refusals.WrongStateAsync(db, batch.Id, PlanDeltaHandler.RuleOf, cancellationToken);
        var waiting = await ReviewQueries.FindOpenAsync(db, batch.Id, cancellationToken);
        if (waiting is { Kind: ReviewKind.Undo })
            return new Refusal("in-review.undo", RefusalKind.Conflict, batch.Name);
        if (waiting is not null && waiting.Fingerprint == fingerprint)
            return new DeltaStarted(batch.Id, null, fingerprint);

        // What was asked or approved before is no longer what would be moved.
        var lost = await rounds.EndLiveAsync(db, batch, new Loss(LossKind.Replaced, caller, null), batch.State, cancellationToken);
        await db.Set<DeltaRequest>().Where(x => x.BatchId == batch.Id && (x.State == DeltaState.InReview || x.State == DeltaState.Approved))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeltaState.SentBack), cancellationToken);
        await AddAsync(db, delta, counted, caller, cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["fingerprint"] = fingerprint,
            ["changes"] = delta.Changes.Count.ToString(CultureInfo.InvariantCulture),
        };
        var detail = new Wording("Count.Changes", delta.Changes.Count);
        await timeline.RecordAsync(db, batch, [.. lost, new TimelineEntry(caller, "DeltaRequested", batch.State, batch.State, detail, values)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return new DeltaStarted(batch.Id, null, fingerprint);
    }

    private async Task AddAsync(PortalDbContext db, PlannedDelta delta, Dictionary<string, long> counted, Caller caller, CancellationToken cancellationToken)
    {
        var review = await rounds.OpenAsync(db, delta.Batch, ReviewKind.Delta, delta.Plan.Fingerprint, caller, counted, cancellationToken);
        var request = new DeltaRequest
        {
            BatchId = delta.Batch.Id,
            ReviewId = review.Id,
            Fingerprint = delta.Plan.Fingerprint,
            State = DeltaState.InReview,
            RequestedBy = caller.Name,
            RequestedAt = clock.GetUtcNow(),
            ChangeCount = delta.Changes.Count,
        };
        db.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        await StoreAsync(db, request.Id, [.. delta.Changes], cancellationToken);
        await StoreAsync(db, request.Id, [.. delta.Warnings], cancellationToken);
    }

    // In one statement: rights of every room may have changed.
    private static Task<int> StoreAsync(PortalDbContext db, long deltaId, List<DeltaChange> changes, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        insert into portal.delta_lines (delta_id, number, kind, subject, room_id, property, old, new)
        select {deltaId}, x.number, x.kind, x.subject, x.room_id, x.property, x.old, x.new
        from unnest({changes.ConvertAll(x => x.Kind)}, {changes.ConvertAll(x => x.Subject)}, {changes.ConvertAll(x => x.RoomId)}, {changes.ConvertAll(x => x.Property)}, {changes.ConvertAll(x => x.Old)}, {changes.ConvertAll(x => x.New)})
            with ordinality as x (kind, subject, room_id, property, old, new, number)
        """, cancellationToken);

    private static Task<int> StoreAsync(PortalDbContext db, long deltaId, List<DeltaWarning> warnings, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        insert into portal.delta_warnings (delta_id, number, rule_id, room_id, subject, message, evidence)
        select {deltaId}, x.number, x.rule_id, x.room_id, x.subject, x.message::jsonb, x.evidence::jsonb
        from unnest({warnings.ConvertAll(x => x.Number)}, {warnings.ConvertAll(x => x.RuleId)}, {warnings.ConvertAll(x => x.RoomId)}, {warnings.ConvertAll(x => x.Subject)}, {warnings.ConvertAll(x => WordedText.Store(x.Message))}, {warnings.ConvertAll(x => x.Evidence is { } evidence ? WordedText.Store(evidence) : null)})
            as x (number, rule_id, room_id, subject, message, evidence)
        """, cancellationToken);
}
