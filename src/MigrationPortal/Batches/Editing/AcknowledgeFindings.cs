using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

/// <param name="FindingIds">Which findings; a finding that is acknowledged already keeps its first name.</param>
/// <param name="Reason">Why it is fine; may be empty, the name is what counts.</param>
internal sealed record AcknowledgeFindings(long BatchId, IReadOnlyCollection<long> FindingIds, string? Reason = null);

internal sealed class AcknowledgeFindingsHandler(
    IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, TimeProvider clock)
{
    private const string Rule = "Rule.Acknowledge";

    /// <summary>How many were acknowledged now.</summary>
    public async Task<Outcome<int>> HandleAsync(AcknowledgeFindings request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "acknowledge-finding") is { } refusal)
            return refusal;
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason;
        if (reason is not null && BatchText.Comment(reason, "Text.Reason") is { IsDone: false } wrong)
            return wrong.Refusal;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The batch's row is taken first, as everybody does: a new plan cannot replace the findings in between.
        var taken = await db.Set<Batch>()
            .Where(x => x.Id == request.BatchId && BatchStates.Acknowledgeable.Contains(x.State))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Version, x => x.Version), cancellationToken);
        if (taken == 0)
            return await refusals.WrongStateAsync(db, request.BatchId, Rule, cancellationToken);

        var batch = await db.Set<Batch>().AsNoTracking().SingleAsync(x => x.Id == request.BatchId, cancellationToken);
        if (await BatchScope.RefuseAsync(db, caller, "acknowledge-finding", Role.Planner, batch, cancellationToken) is { } outside)
            return outside;
        var ids = request.FindingIds.Distinct().ToArray();
        var findings = await db.Set<BatchFinding>().AsNoTracking().Where(x => x.BatchId == batch.Id && ids.Contains(x.Id)).ToListAsync(cancellationToken);
        if (findings.Count < ids.Length)
            return new Refusal("finding-not-found", RefusalKind.NotFound, batch.Name, $"{ids.Except(findings.Select(x => x.Id)).First()}");
        if (findings.Find(x => x.Severity == Severity.Blocker) is { } blocker)
            return new Refusal("blocker", RefusalKind.Invalid, RuleTitles.WordingOf(blocker.RuleId, 1), FindingSubject.WordingOf(blocker.RuleId, blocker.Subject)) { Details = new RuleDetails([blocker.RuleId]) };

        var open = findings.Where(x => x.AcknowledgedBy is null).ToList();
        if (open.Count == 0)
            return 0;
        await MarkAsync(db, [.. open.Select(x => x.Id)], new FindingMark(caller.Name, clock.GetUtcNow(), reason, AcknowledgedHow.List) { RowsShown = open.Count }, cancellationToken);
        var found = open.GroupBy(x => x.RuleId).OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => RuleTitles.WordingOf(x.Key, x.Count())).ToList();
        var detail = reason is null ? new Wording("List.All", found) : new Wording("Detail.AcknowledgedFor", found, reason);
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.FindingsAcknowledged, batch.State, batch.State, detail), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return open.Count;
    }

    /// <summary>Keeps with each finding what it said when it was acknowledged: changed later, it can be told apart.</summary>
    internal static Task<int> MarkAsync(PortalDbContext db, long[] findingIds, FindingMark mark, CancellationToken cancellationToken)
    {
        var how = mark.How.ToString();
        return db.Database.ExecuteSqlAsync($"""
            UPDATE portal.batch_findings SET acknowledged_by = {mark.By}, acknowledged_at = {mark.At}, acknowledged_reason = {mark.Reason}, acknowledged_how = {how},
                acknowledged_rows = {mark.RowsShown}, acknowledged_seed = {mark.Seed}, acknowledged_stale = false,
                acknowledged_hash = encode(sha256(convert_to(message::text || coalesce(evidence::text, ''), 'UTF8')), 'hex')
            WHERE id = ANY ({findingIds}) AND acknowledged_by IS NULL
            """, cancellationToken);
    }
}
