using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P13: rooms have no topic any more (trap 25).</summary>
internal sealed class P13Topics : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        from room in facts.Rooms
        from decision in room.Planned.Decisions
        where decision.Code is "TopicDropped" or "TopicAppended"
        select new Finding(decision.Code == "TopicDropped" ? "P13.dropped" : "P13.appended", Severity.Info, room.Room.Guid, room.Room.Name)
        {
            Evidence = decision.Old is { } topic ? Wording.OfText(topic) : null,
        };
}
