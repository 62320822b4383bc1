using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews;

/// <param name="AcknowledgeWarnings">Acknowledges every open warning by the caller's name.</param>
internal sealed record SubmitBatch(long BatchId, bool AcknowledgeWarnings = false, int? Version = null);

/// <summary>Opens the review of a draft's plan, computed again: no Blocker, every Warning acknowledged by name.</summary>
internal sealed class SubmitBatchHandler(
    IDbContextFactory<PortalDbContext> databases, PlanBatchHandler plan, BatchTimeline timeline, BatchRefusals refusals, ReviewRounds rounds, TimeProvider clock)
{
    private const string Rule = "Rule.Submit";

    /// <summary>The detail of a submission that acknowledged what was left.</summary>
    public const string Acknowledged = "Detail.WarningsAcknowledged";

    public async Task<Outcome<Review>> HandleAsync(SubmitBatch request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "submit-batch") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = await BatchReads.FindAsync(db, request.BatchId, cancellationToken);
        if (seen is null)
            return BatchRefusals.NotFound(request.BatchId);
        if (await BatchScope.RefuseAsync(db, caller, "submit-batch", Role.Planner, seen, cancellationToken) is { } outside)
            return outside;
        if (request.Version is { } version && version != seen.Version)
            return await refusals.StaleAsync(db, seen, seen: null, cancellationToken);
        if (seen.State != BatchState.Draft)
            return await refusals.WrongStateAsync(db, seen.Id, Rule, cancellationToken);
        var planned = await plan.HandleAsync(new PlanBatch(seen.Id, Afresh: true), cancellationToken);
        return planned.IsDone ? await OpenAsync(db, request, planned.Value, caller, cancellationToken) : planned.Refusal;
    }

    private async Task<Outcome<Review>> OpenAsync(
        PortalDbContext db, SubmitBatch request, PlanHead planned, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await BatchMoves.SubmitAsync(db, request.BatchId, planned.BatchVersion, planned.Fingerprint, cancellationToken))
            return await LostAsync(db, request.BatchId, cancellationToken);

        var batch = await BatchReads.GetAsync(db, request.BatchId, cancellationToken);
        var findings = await BatchReads.Findings(db)
            .Where(x => x.BatchId == batch.Id && x.Severity != Severity.Info)
            .OrderBy(x => x.RuleId).ThenBy(x => x.Subject)
            .Select(x => new OpenFinding(x.Id, x.Severity, x.RuleId, x.Subject, x.AcknowledgedBy != null))
            .ToListAsync(cancellationToken);
        if (Check(batch, findings, request.AcknowledgeWarnings) is { } blocked)
            return blocked;
        var now = clock.GetUtcNow();
        long[] open = [.. findings.Where(x => !x.IsAcknowledged).Select(x => x.Id)];
        if (open.Length > 0)
            await AcknowledgeFindingsHandler.MarkAsync(db, open, new FindingMark(caller.Name, now, null, AcknowledgedHow.Bulk), cancellationToken);

        if (await ReasonRules.CheckAsync(db, batch, cancellationToken) is { } unexplained)
            return unexplained;
        var review = await rounds.OpenAsync(db, batch, ReviewKind.Plan, planned.Fingerprint, caller, null, cancellationToken);
        var detail = open.Length > 0 ? new Wording(Acknowledged, open.Length) : null;
        var values = new Dictionary<string, string?> { ["fingerprint"] = planned.Fingerprint, ["acknowledged"] = $"{open.Length}" };
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.Submitted, BatchState.Draft, BatchState.InReview, detail, values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return review;
    }

    private static Refusal? Check(Batch batch, List<OpenFinding> findings, bool acknowledges)
    {
        var blockers = findings.Where(x => x.Severity == Severity.Blocker).ToList();
        if (blockers.Count > 0)
            return new("blocked", RefusalKind.Invalid, blockers.Count, batch.Name, Names(blockers)) { Details = new RuleDetails(blockers.Select(x => x.RuleId)) };
        var open = findings.Where(x => !x.IsAcknowledged).ToList();
        return open.Count == 0 || acknowledges
            ? null
            : new("warnings-not-acknowledged", RefusalKind.Invalid, open.Count, batch.Name, Names(open)) { Details = new RuleDetails(open.Select(x => x.RuleId)) };
    }

    private async Task<Refusal> LostAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var now = await BatchReads.FindAsync(db, batchId, cancellationToken);
        return now is { State: BatchState.Draft }
            ? await refusals.StaleAsync(db, now, seen: null, cancellationToken) with { Code = "lost-race", Kind = RefusalKind.Conflict }
            : await refusals.WrongStateAsync(db, batchId, Rule, cancellationToken);
    }

    private static Wording Names(List<OpenFinding> findings)
    {
        var first = findings.Take(3).Select(x => new Wording("Finding.Named", RuleTitles.WordingOf(x.RuleId, 1), FindingSubject.WordingOf(x.RuleId, x.Subject))).ToList();
        return findings.Count > first.Count ? new("List.AndMore", findings.Count - first.Count, first) : new("List.All", first);
    }

    private sealed record OpenFinding(long Id, Severity Severity, string RuleId, string Subject, bool IsAcknowledged);
}
