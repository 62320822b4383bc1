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
                yield return Found(room, VisibleText.Raw(room.Planned.Name).Length, "name");
            if (VisibleText.Raw(categories[room.Planned.Category].Name) is { Length: > FinalNames.MaxLength } category)
                yield return Found(room, category.Length, "category's name");
        }
    }

    private static Finding Found(RoomFacts room, int length, string what) => new(
        "P02", Severity.Blocker, room.Room.Guid, room.Room.Name,
        $"Its {what} would have {length} characters, {FinalNames.MaxLength} are allowed: give it a new name in the batch, shorten names in the old tool, or leave the room out.");
}
