using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P15: Microsoft's capacity model ends at 2 000 000 access-control entries and 1 000 000 invitations of a pool (traps 9 and 27).</summary>
internal sealed class P15Limits(long maxEntries = 2_000_000, long maxInvitations = 1_000_000) : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var plan = facts.Plan;
        var entries = (long)facts.Request.New.Roles.Count + facts.Request.New.Scopes.Count
            + plan.Rooms.Sum(room => (long)room.Members.Count + room.Managers.Count + room.Presenters.Count)
            + plan.Categories.Where(c => c.Action == PlannedAction.Create).Sum(c => (long)c.Scope.Count + c.Creators.Count);
        if (entries > maxEntries)
            yield return new Finding("P15.entries", Severity.Warning, null, "access-control-entries", entries, maxEntries);
        var invites = plan.Categories.Where(c => c.Invite).Select(c => c.Guid).ToHashSet();
        var invitations = plan.Rooms.Where(room => room.Invite is null && invites.Contains(room.Category)).Sum(room => (long)room.Members.Count);
        if (invitations > maxInvitations)
            yield return new Finding("P15.invitations", Severity.Warning, null, "invitations", invitations, maxInvitations);
    }
}
