using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P16: "disabled" marked rooms not to be migrated in the old world and hides a room in the new one (trap 56).</summary>
internal sealed class P16DisabledRooms : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Rooms.Where(r => r.Room.Disabled).Select(r => new Finding(
            "P16", Severity.Warning, r.Room.Guid, r.Room.Name,
            "The room is disabled and will be migrated disabled: only administrators will see it. Leave it out if the mark meant “do not migrate”."))
        .Concat(facts.Skipped.Select(room => new Finding(
            "P16", Severity.Info, room.Guid, room.Name, "The room is disabled and, by the option DisabledRooms, stays behind.")));
}
