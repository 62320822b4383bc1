using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <param name="How">What whoever acknowledges has looked at; <see cref="AcknowledgedHow.Bulk"/> is for a submission alone.</param>
/// <param name="FindingIds">Only these of the rule; null takes all that are open.</param>
/// <param name="Seed">That chose the sample; kept, so that it can be drawn again.</param>
/// <param name="RowsShown">How many of the warnings were on the screen.</param>
internal sealed record AcknowledgeRule(
    long BatchId, string? RuleId, string? Reason, AcknowledgedHow How = AcknowledgedHow.List, IReadOnlyCollection<long>? FindingIds = null, long? Seed = null, int RowsShown = 0)
{
    /// <summary>How many of the rule were open when they were looked at; null takes whatever is there.</summary>
    public int? SeenOpen { get; init; }
}

/// <summary>Acknowledges the open warnings of one rule by the caller's name, with why they are fine and how they were looked at.</summary>
internal sealed class AcknowledgeRuleHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, TimeProvider clock)
{
    /// <summary>Fewer explain nothing to whoever approves.</summary>
    public const int ShortestReason = 10;

    private const string Rule = "Rule.Acknowledge";

    /// <returns>How many were acknowledged now.</returns>
    public async Task<Outcome<int>> HandleAsync(AcknowledgeRule request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "acknowledge-finding") is { } refusal)
            return refusal;
        var reason = BatchText.Reason(request.Reason, "Text.Reason");
        if (!reason.IsDone)
            return reason.Refusal;
        if (reason.Value.Length < ShortestReason)
            return new Refusal("reason-required.short", RefusalKind.Invalid, $"{ShortestReason}");
        if (string.IsNullOrWhiteSpace(request.RuleId))
            return new Refusal("rule-required");
        if (request.How == AcknowledgedHow.Bulk)
            return new Refusal("how-invalid");

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The batch's row is taken first, as everybody does: a new plan cannot replace the findings in between.
        if (!await BatchMoves.HoldAsync(db, request.BatchId, BatchStates.Acknowledgeable, cancellationToken))
            return await refusals.WrongStateAsync(db, request.BatchId, Rule, cancellationToken);
        var batch = await BatchReads.GetAsync(db, request.BatchId, cancellationToken);
        if (await BatchScope.RefuseAsync(db, caller, "acknowledge-finding", Role.Planner, batch, cancellationToken) is { } outside)
            return outside;
        var found = await BatchReads.Findings(db).Where(x => x.BatchId == batch.Id && x.RuleId == request.RuleId)
            .Select(x => new { x.Id, x.Severity, IsOpen = x.AcknowledgedBy == null && x.Severity == Severity.Warning }).ToListAsync(cancellationToken);
        if (found.Count == 0)
            return new Refusal("finding-not-found.rule", RefusalKind.NotFound, batch.Name, RuleTitles.WordingOf(request.RuleId));
        if (found.Exists(x => x.Severity == Severity.Blocker))
            return new Refusal("blocker.rule", RefusalKind.Invalid, RuleTitles.WordingOf(request.RuleId, found.Count), batch.Name);
        // Nobody signs for what came after they looked.
        if (request.SeenOpen is { } seen && found.Count(x => x.IsOpen) != seen)
            return new Refusal("findings-changed", RefusalKind.Stale, batch.Name);
        var wanted = request.FindingIds?.ToHashSet();
        long[] open = [.. found.Where(x => x.IsOpen && (wanted is null || wanted.Contains(x.Id))).Select(x => x.Id)];
        if (open.Length == 0)
            return 0;
        var mark = new FindingMark(caller.Name, clock.GetUtcNow(), reason.Value, request.How) { Seed = request.Seed, RowsShown = Math.Clamp(request.RowsShown, 0, found.Count) };
        await AcknowledgeFindingsHandler.MarkAsync(db, open, mark, cancellationToken);
        var detail = new Wording("Detail.AcknowledgedFor", RuleTitles.WordingOf(request.RuleId, open.Length), reason.Value);
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.FindingsAcknowledged, batch.State, batch.State, detail, mark.Values(request.RuleId, open.Length)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return open.Length;
    }
}
