using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P06: Persistent Chat has no rooms outside a category (trap 6).</summary>
internal sealed class P06RoomsUnderRoot : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Broken.Where(b => b.Code == "RoomUnderRoot").Select(b => new Finding(
            "P06", Severity.Blocker, b.Room.Guid, b.Room.Name,
            "The room stands directly under the root, where the new pool has no rooms: move it into a category in the old tool and scan again, or leave it out."));
}
