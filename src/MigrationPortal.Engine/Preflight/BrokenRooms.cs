using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>Rooms whose own rows contradict each other (trap 5 and 11): no plan is guessed for them.</summary>
internal sealed class BrokenRooms : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        facts.Broken.Where(b => b.Code != "RoomUnderRoot").Select(b => new Finding(
            b.Code, Severity.Blocker, b.Room.Guid, b.Room.Name, Sentence(b) + " Mend it in the old tool and scan again, or leave the room out."));

    private static string Sentence(BrokenRoom broken) => broken.Code switch
    {
        "TreeBroken" => "Its way up to the root category is broken: a parent is missing, is a room, or the chain runs in a circle.",
        "ScopeDefinerInvalid" => $"Its scope is defined by node {broken.Room.ScopeDefinerId}, which is not above it.",
        "RoleDefinerInvalid" => $"Its members are defined by node {broken.Room.RoleDefinerId}, which is not above it.",
        "BehaviorUnknown" => $"Its type “{broken.Room.Behavior}” is neither normal nor auditorium.",
        "VisibilityUnknown" => $"Its visibility “{broken.Room.Visibility ?? "inherited"}”, or that of a category above it, is neither private nor scoped.",
        _ => $"It cannot be planned ({broken.Code}).",
    };
}
