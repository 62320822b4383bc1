using System.Collections.Frozen;

namespace MigrationPortal.Reviews.Policy;

/// <summary>Rules of the preflight check whose warnings a policy may count: the engine's numbered ones, and each other that can warn.</summary>
internal static class PreflightRuleIds
{
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. Enumerable.Range(1, 25).Select(x => $"P{x:00}"),
            "AddInDiffers", "CategoryDrift", "DamagedRow", "DanglingRow", "EmptyCategoriesLeft", "EmptyScope", "Gains", "GoneInNewPool", "ManyCounters", "MisleadingName",
            "MustInheritWins", "NoMembers", "PersonMerged", "ScopeSplit", "UriTaken",
        ]);
}
