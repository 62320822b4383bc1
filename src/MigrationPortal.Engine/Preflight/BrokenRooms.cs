using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Rooms whose own rows contradict each other (trap 5 and 11): no plan is guessed for them.</summary>
internal sealed class BrokenRooms : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Tree.Root is null && facts.Broken.Count > 0
            ? [new Finding("NoRoot", Severity.Blocker, null, "root-category")]
            : facts.Broken.Where(b => b.Code != "RoomUnderRoot").Select(b => new Finding(
                b.Code, Severity.Blocker, new Wording("BrokenRoom", Reason(b, facts.Tree)), b.Room.Guid, b.Room.Name));

    private static Wording Reason(BrokenRoom broken, LegacyTree tree) => broken.Code switch
    {
        "TreeBroken" => tree.FindBreak(broken.Room) ?? new Wording("TreeBroken.Unknown"),
        "ScopeDefinerInvalid" => new(broken.Code, $"{broken.Room.ScopeDefinerId}"),
        "RoleDefinerInvalid" => new(broken.Code, $"{broken.Room.RoleDefinerId}"),
        "BehaviorUnknown" => new(broken.Code, broken.Room.Behavior),
        "VisibilityUnknown" => broken.Room.Visibility is { } visibility ? new(broken.Code, visibility) : new("VisibilityUnknown.Inherited"),
        _ => new("NotPlanned", broken.Code),
    };
}
