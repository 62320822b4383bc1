using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>Where the policy says so, each warning has a reason of its own rule's before the plan is submitted.</summary>
internal static class ReasonRules
{
    /// <summary>Within the transaction of the submission, after what it acknowledges itself.</summary>
    public static async Task<Refusal?> CheckAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        if (!(await PolicyQueries.FindAsync(db, batch.PoolPairId, cancellationToken)).Policy.WarningsNeedReason)
            return null;
        var rules = await BatchReads.Findings(db)
            .Where(x => x.BatchId == batch.Id && x.Severity == Severity.Warning && (x.AcknowledgedReason == null || x.AcknowledgedHow == AcknowledgedHow.Bulk))
            .GroupBy(x => x.RuleId).Select(x => new { x.Key, Count = x.Count() }).OrderBy(x => x.Key).ToListAsync(cancellationToken);
        return rules.Count == 0
            ? null
            : new("warnings-need-reason", RefusalKind.Invalid, rules.Select(x => RuleTitles.WordingOf(x.Key, x.Count))) { Details = new RuleDetails(rules.Select(x => x.Key)) };
    }
}
