using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Nobody gains a right that somebody did not acknowledge.</summary>
internal sealed class GainedRights : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        from change in facts.RightChanges
        where change.IsGain
        group change by (change.Principal, change.Person, change.Right, change.Cause) into gained
        let places = gained.Select(x => x.Subject).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
        select new Finding("Gains", Severity.Warning, null, $"{gained.Key.Person} ({gained.Key.Right})",
            Effect(gained.Key.Right, places), new Wording(Cause(gained.Key.Cause))) { Evidence = NameList.Evidence(places, 50) };

    private static Wording Effect(string right, List<string> places) =>
        new(right is "Eligible" or "Creator" or "Manager" or "Voiced" ? $"Gains.{right}" : "Gains.Member", NameList.Of(places, 3));

    private static string Cause(string code) =>
        code is "PresenterMadeMember" or "ScopeUndecidedKept" or "AccountActive" or "PersonMerged" or "Admitted" ? $"Gains.cause.{code}" : "Gains.cause.Other";
}
