using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>
/// P02: a name needs a character that people can see, and no control character; one that turns or breaks the text around it passes for
/// another (traps C12 and C17).
/// </summary>
internal sealed class P02UnreadableNames : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts)
    {
        var categories = facts.Plan.Categories.ToDictionary(c => c.Guid);
        foreach (var room in facts.Rooms)
        {
            foreach (var (name, what, remedy) in new[]
            {
                (room.Planned.Name, "Its name", "give it a new name in the batch"),
                (categories[room.Planned.Category] is { Action: PlannedAction.Create } category ? category.Name : null, "The name of its category", "give the category a new name in the batch"),
            })
            {
                if (name is null)
                    continue;
                if (!DisplayText.HasVisible(name))
                    yield return Found(Severity.Blocker, room, Sentence.Of($"{what} “{name}” has no character that can be seen: {remedy}, rename it in the old tool and scan again, or leave the room out."));
                else if (name.Any(char.IsControl))
                    yield return Found(Severity.Blocker, room, Sentence.Of($"{what} “{name}” has control characters such as line breaks: {remedy}, rename it in the old tool and scan again, or leave the room out."));
                else if (DisplayText.Misleads(name))
                    yield return Found(Severity.Warning, room, Sentence.Of($"{what} “{name}” has characters that turn or break the text around it and can make it look like another: {remedy}, or confirm that it may stay."));
            }
        }

        foreach (var person in facts.Plan.Principals.Where(p => p.Type != PrincipalType.SystemUser && (IsDoubtful(p.Name) || IsDoubtful(p.DisplayName))))
            yield return new Finding("MisleadingName", Severity.Warning, null, person.DisplayName ?? person.Name ?? person.Uri,
                $"The name of {person.Uri}, “{person.DisplayName ?? person.Name ?? ""}”, has characters that turn or break the text around it, or none that can be seen: correct it in the directory, or confirm that it may stay.");
    }

    private static bool IsDoubtful(string? name) => name is { Length: > 0 } && (DisplayText.Misleads(name) || name.Any(char.IsControl) || !DisplayText.HasVisible(name));

    private static Finding Found(Severity severity, RoomFacts room, string sentence) => new("P02", severity, room.Room.Guid, room.Room.Name, sentence);
}
