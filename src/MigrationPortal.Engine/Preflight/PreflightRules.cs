using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>One check before a batch may be submitted. Rules look at facts; they never read a database.</summary>
internal interface IPreflightRule
{
    IEnumerable<Finding> Check(PlanFacts facts);
}

/// <summary>All rules, all at once: people see everything that is in the way, not the first thing.</summary>
internal static class PreflightRules
{
    private static readonly IPreflightRule[] _all =
    [
        new P01NestedCategories(), new P02LongNames(), new P02UnreadableNames(), new P03NameCollisions(), new P04NamesTaken(), new P05RootManagers(),
        new P06RoomsUnderRoot(), new P07ForcedInvitations(), new P08MixedFlags(), new P09OutsideScope(), new P10Presenters(),
        new P11FederatedPeople(), new P12DisabledPeople(), new P13Topics(), new P14AddIns(), new P15Limits(), new P16DisabledRooms(), new P17CutOff(), new P18MissingFiles(),
        new P19ComplianceBacklog(), new P20Services(), new P21Backup(), new P22ScopeSeparation(), new P23UnknownAuthors(), new P24EqualNames(), new P25Forest(),
        new VanishedRooms(), new BrokenRooms(), new EmptyCategoriesLeft(), new DamagedRows(), new DanglingRows(), new UnfitTexts(), new NewPoolIncomplete(), new CategoryDrift(), new GuidTaken(), new UnnumberedRules(), new PeopleRules(), new UniqueAddresses(), new PreferencesNotCopied(), new GainedRights(),
    ];

    public static IReadOnlyList<Finding> Check(PlanFacts facts) =>
        [.. _all.SelectMany(rule => rule.Check(facts))
            .OrderByDescending(f => f.Severity)
            .ThenBy(f => f.RuleId, StringComparer.Ordinal)
            .ThenBy(f => f.Subject, StringComparer.Ordinal)];
}
