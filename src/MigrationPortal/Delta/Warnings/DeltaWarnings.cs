using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Delta.Warnings;

/// <summary>
/// What a delta warns of itself. The planner checks all of the batch again, as if nothing had run; what it warned of when the batch was last moved,
/// somebody approved.
/// </summary>
internal static class DeltaWarnings
{
    /// <summary>
    /// Those that were not there, and those that say more now: that another person loses a right is the same warning with more names. One that says less is known.
    /// </summary>
    public static IReadOnlyList<Finding> Own(IEnumerable<Finding> before, IEnumerable<Finding> now)
    {
        // Two people of one name have two warnings: each of the former accounts for one.
        var known = before.GroupBy(Of).ToDictionary(x => x.Key, x => x.Select(SaidContent.Of).ToList());
        return [.. now.Where(x => !known.TryGetValue(Of(x), out var former) || !Take(former, SaidContent.Of(x)))];
    }

    /// <summary>Those of the plan that was approved first, for a run of an earlier portal, whose document does not have them.</summary>
    public static async Task<IReadOnlyList<Finding>> ReadAsync(PortalDbContext db, long batchId, IReadOnlyDictionary<Guid, long> roomIds, CancellationToken cancellationToken)
    {
        var rooms = roomIds.ToDictionary(x => x.Value, x => x.Key);
        var kept = await BatchReads.Findings(db).Where(x => x.BatchId == batchId && x.Severity == Severity.Warning).ToListAsync(cancellationToken);
        return kept.ConvertAll(x => new Finding(x.RuleId, x.Severity, x.Message, x.RoomId is { } room && rooms.TryGetValue(room, out var guid) ? guid : null, x.Subject, x.Evidence));
    }

    private static (string RuleId, string Key, Guid? Room, string Subject) Of(Finding finding) => (finding.RuleId, finding.Wording.Key, finding.Room, finding.Subject);

    private static bool Take(List<SaidContent> former, SaidContent now)
    {
        var index = former.FindIndex(x => x.Covers(now));
        if (index < 0)
            return false;
        former.RemoveAt(index);
        return true;
    }
}
