using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Verification;

/// <summary>What the plan itself changed or took away: by rule, approved with the plan, and shown with its reason.</summary>
internal static class PlannedDifferences
{
    // A right that a person had by inheritance is written out in the new pool: it is the same right.
    private static readonly HashSet<string> _rights = ["Member", "Manager", "Voiced", "Presenter", "Creator"];

    public static IEnumerable<SettingDifference> Of(PlannedRoom room) =>
        from decision in room.Decisions
        where decision.Old != decision.New && !(_rights.Contains(decision.Property) && decision.Old is null)
        select new SettingDifference(decision.Property, decision.Old ?? "", decision.New ?? "", decision.Code);
}
