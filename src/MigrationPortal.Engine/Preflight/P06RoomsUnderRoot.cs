using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P06: Persistent Chat has no rooms outside a category (trap 6).</summary>
internal sealed class P06RoomsUnderRoot : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Broken.Where(b => b.Code == "RoomUnderRoot").Select(b => new Finding(
            "P06.blocked", Severity.Blocker, b.Room.Guid, b.Room.Name))
        .Concat(facts.Rooms.Where(r => r.Room.ParentId == facts.Tree.Root?.NodeId).Select(r => new Finding(
            "P06", Severity.Warning, r.Room.Guid, r.Room.Name, facts.Request.Options.RootCategory)));
}
