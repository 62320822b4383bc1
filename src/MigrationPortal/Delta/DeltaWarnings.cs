using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Delta;

/// <summary>
/// What a delta warns of itself. The planner checks all of the batch again, as if nothing had run; what it warned of when the batch was last moved,
/// somebody approved.
/// </summary>
internal static class DeltaWarnings
{
    /// <summary>Those that were not there, and those that say something else now: that another person loses a right is the same warning with more names.</summary>
    public static IReadOnlyList<Finding> Own(IEnumerable<Finding> before, IEnumerable<Finding> now)
    {
        var known = before.CountBy(Text, StringComparer.Ordinal).ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal);
        return [.. now.GroupBy(Text, StringComparer.Ordinal).SelectMany(x => x.Skip(known.GetValueOrDefault(x.Key)))];
    }

    /// <summary>Those of the plan that was approved first, for a run of an earlier portal, whose document does not have them.</summary>
    public static async Task<IReadOnlyList<Finding>> ReadAsync(PortalDbContext db, long batchId, IReadOnlyDictionary<Guid, long> roomIds, CancellationToken cancellationToken)
    {
        var rooms = roomIds.ToDictionary(x => x.Value, x => x.Key);
        var kept = await BatchReads.Findings(db).Where(x => x.BatchId == batchId && x.Severity == Severity.Warning).ToListAsync(cancellationToken);
        return kept.ConvertAll(x => new Finding(x.RuleId, x.Severity, x.Message, x.RoomId is { } room && rooms.TryGetValue(room, out var guid) ? guid : null, x.Subject, x.Evidence));
    }

    // As both are kept: a text within a sentence comes back as another kind of argument that says the same.
    private static string Text(Finding finding) => JsonSerializer.Serialize(finding);
}
