using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P11: there is no federation in Persistent Chat; federated people stay as authors, disabled and without rights.</summary>
internal sealed class P11FederatedPeople : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var authors = facts.Rooms.SelectMany(r => r.Planned.Authors).ToHashSet();
        var entitled = facts.Rooms.SelectMany(r => r.Rights.Lost).Where(l => l.Code == "FederatedNoAccess").Select(l => l.Principal.PrincipalId).ToHashSet();
        return
            from person in facts.Request.Legacy.Principals
            where PrincipalTypes.IsFederated(person.Type) && (authors.Contains(person.PrincipalId) || entitled.Contains(person.PrincipalId))
            select new Finding(person.Type == PrincipalType.FederatedGroup ? "P11.group" : "P11.person", Severity.Info, null, DisplayNames.Of(person));
    }
}
