using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
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
        var known = before.GroupBy(Of).ToDictionary(x => x.Key, x => x.Select(y => new Former(y.Wording, SaidContent.Of(y))).ToList());
        return [.. now.Where(x => !known.TryGetValue(Of(x), out var former) || !Take(former, x.Wording, SaidContent.Of(x)))];
    }

    /// <summary>Those of the plan that was approved first, for a run of an earlier portal, whose document does not have them.</summary>
    public static async Task<IReadOnlyList<Finding>> ReadAsync(PortalDbContext db, long batchId, IReadOnlyDictionary<Guid, long> roomIds, CancellationToken cancellationToken)
    {
        var rooms = roomIds.ToDictionary(x => x.Value, x => x.Key);
        var kept = await BatchReads.Findings(db).Where(x => x.BatchId == batchId && x.Severity == Severity.Warning).ToListAsync(cancellationToken);
        return kept.ConvertAll(x => new Finding(x.RuleId, x.Severity, x.Message, x.RoomId is { } room && rooms.TryGetValue(room, out var guid) ? guid : null, x.Subject, x.Evidence));
    }

    // A room may have got another name since.
    private static (string RuleId, Guid? Room, string Subject) Of(Finding finding) => (finding.RuleId, finding.Room, finding.Room is null ? finding.Subject : "");

    // The one that says least of those that say it: another warning may need the others.
    private static bool Take(List<Former> former, Wording wording, SaidContent now) =>
        former.Where(x => x.Says(wording, now)).MinBy(x => x.Content.Texts.Count) is { } taken && former.Remove(taken);

    private sealed record Former(Wording Wording, SaidContent Content)
    {
        // An earlier portal kept some as texts.
        public bool Says(Wording now, SaidContent content) => Wording.Key.Length == 0 ? SaidAgain.Is(Wording, now) : Wording.Key == now.Key && Content.Covers(content);
    }
}
