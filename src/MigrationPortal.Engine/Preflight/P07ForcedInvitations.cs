using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P07: invitations on in a room whose category has them off are forced off (trap 23).</summary>
internal sealed class P07ForcedInvitations : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Rooms.Where(r => r.Planned.Decisions.Any(d => d.Code == "InviteForcedOff")).Select(r => new Finding(
            "P07", Severity.Warning, r.Room.Guid, r.Room.Name)
        {
            Evidence = new Wording("Change.On", new Wording("Setting.Invitations")),
        });
}
