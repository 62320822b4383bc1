using System.Globalization;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Verification;

/// <summary>
/// As many authors as before, counted by legacy prinID; only rows that the approved plan says are one person (<c>PersonMerged</c>) may
/// become one (trap C1).
/// </summary>
internal static class AuthorRule
{
    public static VerificationRule Of(MigrationPlan plan, IReadOnlySet<int> legacy, int found)
    {
        var merged = plan.Principals
            .Where(person => person.Decisions.Any(d => d.Code == "PersonMerged"))
            .Sum(person => Math.Max(person.LegacyIds.Count(legacy.Contains) - 1, 0));
        var expected = legacy.Count - merged;
        return new("Authors", expected == found, merged == 0 ? Number(legacy.Count) : new Wording("Verified.merged-authors", legacy.Count, expected), Number(found));
    }

    private static Wording Number(int value) => Wording.OfText(value.ToString(CultureInfo.InvariantCulture));
}
