using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Rooms whose own rows contradict each other (trap 5 and 11): no plan is guessed for them.</summary>
internal sealed class BrokenRooms : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Tree.Root is null && facts.Broken.Count > 0
            ? [new Finding("NoRoot", Severity.Blocker, null, "Root category",
                "Nobody can tell which category of the old pool is the root: none is its own parent, and not exactly one has no parent (tblNode.parentID). Correct parentID there and scan again.")]
            : facts.Broken.Where(b => b.Code != "RoomUnderRoot").Select(b => new Finding(
                b.Code, Severity.Blocker, b.Room.Guid, b.Room.Name, Sentence(b, facts.Tree) + " Mend it in the old tool and scan again, or leave the room out."));

    private static string Sentence(BrokenRoom broken, LegacyTree tree) => broken.Code switch
    {
        "TreeBroken" => tree.FindBreak(broken.Room) ?? "Its way up to the root category is broken.",
        "ScopeDefinerInvalid" => $"Its scope is defined by node {broken.Room.ScopeDefinerId}, which is not above it.",
        "RoleDefinerInvalid" => $"Its members are defined by node {broken.Room.RoleDefinerId}, which is not above it.",
        "BehaviorUnknown" => $"Its type “{broken.Room.Behavior}” is neither normal nor auditorium.",
        "VisibilityUnknown" => $"Its visibility “{broken.Room.Visibility ?? "inherited"}”, or that of a category above it, is neither private nor scoped.",
        _ => $"It cannot be planned ({broken.Code}).",
    };
}
