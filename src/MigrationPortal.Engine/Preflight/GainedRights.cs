using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Nobody gains a right without somebody's named yes.</summary>
internal sealed class GainedRights : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        from change in facts.RightChanges
        where change.IsGain
        group change by (change.Principal, change.Person, change.Right, change.Cause) into gained
        let places = gained.Select(x => x.Subject).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
        select new Finding("Gains", Severity.Warning, null, $"{gained.Key.Person} ({gained.Key.Right})",
            $"{Sentence(gained.Key.Right, places)} {Cause(gained.Key.Cause)}", string.Join("; ", places.Take(50)));

    private static string Sentence(string right, List<string> places)
    {
        var what = right switch { "Eligible" => "May be added to every room of", "Creator" => "May create rooms in", "Manager" => "Manages", "Voiced" => "May write in", _ => "May enter" };
        return $"{what} {string.Join(", ", places.Take(3))}{(places.Count > 3 ? $" and {places.Count - 3} more" : "")}, and could not before.";
    }

    private static string Cause(string code) => code switch
    {
        "PresenterMadeMember" => "The option PresenterNotMember makes presenters members.",
        "ScopeUndecidedKept" => "The option ScopeUndecided keeps groups of which nobody can tell whether they are inside the scope.",
        "AccountActive" => "The account is disabled in the old pool and active in the new one.",
        "PersonMerged" => "Two rows of the old pool are this person, and only the disabled one has the right.",
        "Admitted" => "The option OutOfScope takes people into the scope whom only one of its rooms names.",
        _ => "The category exists in the new pool and was changed there.",
    };
}
