using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P07: invitations on in a room whose category has them off are forced off (trap 23).</summary>
internal sealed class P07ForcedInvitations : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Rooms.Where(r => r.Planned.Decisions.Any(d => d.Code == "InviteForcedOff")).Select(r => new Finding(
            "P07", Severity.Warning, r.Room.Guid, r.Room.Name,
            "Invitations are on in the room and off in its category; the new pool forces them off.", "on → off"));
}
