using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P12: people with rights who are disabled; whether their accounts are gone the database does not say (trap 29).</summary>
internal sealed class P12DisabledPeople : IPreflightRule
{
    private const int MostEvidence = 200;

    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var disabled = facts.Rooms.SelectMany(room => room.Rights.Grants).Select(grant => facts.People.Of(grant.Principal))
            .Where(person => !PrincipalTypes.IsFederated(person.Type) && (person.Disabled != 0 || PersonNames.IsDeleted(person)))
            .DistinctBy(person => person.Guid).ToLookup(PersonNames.IsDeleted, DisplayNames.Of);
        var gone = disabled[true].Order(StringComparer.Ordinal).ToList();
        if (gone.Count > 0)
            yield return new Finding("P12.deleted", Severity.Warning, null, "deleted-people", gone.Count, NameList.Of(gone)) { Evidence = NameList.Evidence(gone, MostEvidence) };
        var names = disabled[false].Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
            yield return new Finding("P12.disabled", Severity.Warning, null, "disabled-people", names.Count, NameList.Of(names)) { Evidence = NameList.Evidence(names, MostEvidence) };
    }
}
