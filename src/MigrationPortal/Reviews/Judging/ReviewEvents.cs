using System.Globalization;
using MigrationPortal.Batches;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>How decisions are named in the timeline and the audit, by what was decided about.</summary>
internal static class ReviewEvents
{
    /// <summary>A run went without the delta that was requested: its changes are gone again.</summary>
    public const string DeltaNotNeeded = "DeltaNotNeeded";

    public static string Approved(ReviewKind kind) => kind == ReviewKind.Plan ? BatchEventKinds.Approved : $"{kind}Approved";

    public static string SentBack(ReviewKind kind) => kind == ReviewKind.Plan ? BatchEventKinds.SentBack : $"{kind}SentBack";

    /// <param name="part">Null for the whole.</param>
    public static Dictionary<string, string?> Values(Review review, Standing standing, string? comment, IReadOnlyList<string>? part = null) => new(StringComparer.Ordinal)
    {
        ["fingerprint"] = review.Fingerprint,
        ["round"] = review.Round.ToString(CultureInfo.InvariantCulture),
        ["approvals"] = string.Create(CultureInfo.InvariantCulture, $"{standing.Have}/{standing.Needed}"),
        ["counted"] = string.Join(", ", standing.Counted.Select(x => x.Person)),
        ["comment"] = comment,
        ["part"] = part is null ? null : string.Join(" | ", part),
        ["parts"] = standing.Parts.Count == 0 ? null : string.Join(", ", standing.Parts.Select(x => x.Person)),
    };
}
