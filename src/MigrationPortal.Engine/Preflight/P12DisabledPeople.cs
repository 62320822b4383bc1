using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P12: people with rights who are disabled; whether their accounts are gone the database does not say (trap 29).</summary>
internal sealed class P12DisabledPeople : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var names = facts.Rooms.SelectMany(room => room.Rights.Grants).Select(grant => grant.Principal)
            .Where(person => person.Disabled != 0 && !Containment.IsFederated(person.Type))
            .DistinctBy(person => person.Guid).Select(DisplayNames.Of).Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
            yield return new Finding("P12", Severity.Warning, null, "Disabled people",
                $"{Counted.Of(names.Count, "disabled account")} with rights in these rooms: {string.Join(", ", names.Take(5))}{(names.Count > 5 ? $" and {names.Count - 5} more" : "")}. Confirm that they are to keep them; whether an account is gone from the directory cannot be seen in the database.",
                string.Join("; ", names.Take(200)));
    }
}
