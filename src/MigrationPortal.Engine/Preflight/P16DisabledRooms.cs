using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P16: "disabled" marked rooms not to be migrated in the old world and hides a room in the new one (trap 56).</summary>
internal sealed class P16DisabledRooms : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Rooms.Where(r => r.Room.Disabled).Select(r => new Finding(
            "P16", Severity.Warning, r.Room.Guid, r.Room.Name))
        .Concat(facts.Skipped.Select(room => new Finding(
            "P16.skipped", Severity.Info, room.Guid, room.Name)));
}
