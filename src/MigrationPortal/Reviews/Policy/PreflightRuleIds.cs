using System.Collections.Frozen;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Rules of the preflight check whose warnings a policy may count. A test compares them with what the engine reports.</summary>
internal static class PreflightRuleIds
{
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. Enumerable.Range(1, 25).Select(x => $"P{x:00}"),
            "AddInDiffers", "Backup", "CategoryDrift", "DamagedRow", "DanglingRow", "EmptyScope", "Gains", "GoneInNewPool", "Invitations", "ManyCounters",
            "MisleadingName", "MustInheritWins", "NoMembers", "PersonMerged", "Preferences", "ScopeSplit", "Services", "TopicDropped", "UnfitText", "UriTaken",
        ]);
}
