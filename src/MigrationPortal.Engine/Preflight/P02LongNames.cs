using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P02: a final name holds 256 characters at most, prefix included (trap 1).</summary>
internal sealed class P02LongNames : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var categories = facts.Plan.Categories.ToDictionary(c => c.Guid);
        foreach (var room in facts.Rooms)
        {
            if (FinalNames.FindOverLong(room.Planned.Name) is { } ofRoom)
                yield return Found(room, ofRoom, "P02.long-room");
            if (FinalNames.FindOverLong(categories[room.Planned.Category].Name) is { } ofCategory)
                yield return Found(room, ofCategory, "P02.long-category");
        }
    }

    private static Finding Found(RoomFacts room, int length, string key) =>
        new(key, Severity.Blocker, room.Room.Guid, room.Room.Name, length, FinalNames.MaxLength);
}
