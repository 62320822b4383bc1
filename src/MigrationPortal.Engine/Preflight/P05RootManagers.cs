using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P05: a manager of the root category becomes manager of every room (trap 9).</summary>
internal sealed class P05RootManagers : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        from room in facts.Rooms
        from grant in room.Rights.Grants
        where grant.Code == "ManagerOfRoot"
        group room by grant.Principal.Guid into rooms
        let person = facts.People.Find(rooms.Key)
        select new Finding("P05", Severity.Warning, null, DisplayNames.Of(person), rooms.Count());
}
