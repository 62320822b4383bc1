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
            select new Finding("P11", Severity.Info, null, DisplayNames.Of(person), person.Type == PrincipalType.FederatedGroup
                ? "A federated group keeps no access and is not created in the new pool."
                : "A federated person becomes a disabled principal: messages keep their author, access ends.");
    }
}
