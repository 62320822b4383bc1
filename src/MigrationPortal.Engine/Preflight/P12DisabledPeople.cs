using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P12: people with rights who are disabled; whether their accounts are gone the database does not say (trap 29).</summary>
internal sealed class P12DisabledPeople : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var disabled = facts.Rooms.SelectMany(room => room.Rights.Grants).Select(grant => facts.People.Of(grant.Principal))
            .Where(person => !PrincipalTypes.IsFederated(person.Type) && (person.Disabled != 0 || PersonNames.IsDeleted(person)))
            .DistinctBy(person => person.Guid).ToLookup(PersonNames.IsDeleted, DisplayNames.Of);
        var gone = disabled[true].Order(StringComparer.Ordinal).ToList();
        if (gone.Count > 0)
            yield return new Finding("P12", Severity.Warning, null, "Deleted people",
                $"{Counted.Of(gone.Count, "account")} with rights in these rooms {(gone.Count == 1 ? "was" : "were")} deleted from the directory, as the path in the old pool says: {string.Join(", ", gone.Take(5))}{(gone.Count > 5 ? $" and {gone.Count - 5} more" : "")}. Confirm that they are to keep them; nobody can use them.",
                string.Join("; ", gone.Take(200)));
        var names = disabled[false].Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
            yield return new Finding("P12", Severity.Warning, null, "Disabled people",
                $"{Counted.Of(names.Count, "disabled account")} with rights in these rooms: {string.Join(", ", names.Take(5))}{(names.Count > 5 ? $" and {names.Count - 5} more" : "")}. Confirm that they are to keep them; whether an account is gone from the directory cannot be seen in the database.",
                string.Join("; ", names.Take(200)));
    }
}
