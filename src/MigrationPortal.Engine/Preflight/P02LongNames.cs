using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P02: a final name holds 256 characters at most, prefix included (trap 1).</summary>
internal sealed class P02LongNames : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var categories = facts.Plan.Categories.ToDictionary(c => c.Guid);
        foreach (var room in facts.Rooms)
        {
            if (VisibleText.Raw(room.Planned.Name).Length > FinalNames.MaxLength)
                yield return Found(room, VisibleText.Raw(room.Planned.Name).Length, "P02.long-room");
            if (VisibleText.Raw(categories[room.Planned.Category].Name) is { Length: > FinalNames.MaxLength } category)
                yield return Found(room, category.Length, "P02.long-category");
        }
    }

    private static Finding Found(RoomFacts room, int length, string key) =>
        new(key, Severity.Blocker, room.Room.Guid, room.Room.Name, length, FinalNames.MaxLength);
}
