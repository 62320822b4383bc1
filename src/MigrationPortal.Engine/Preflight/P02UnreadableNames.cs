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
            foreach (var (name, of) in new[]
            {
                (room.Planned.Name, "room"),
                (categories[room.Planned.Category] is { Action: PlannedAction.Create } category ? category.Name : null, "category"),
            })
            {
                if (name is null)
                    continue;
                var fault = NameFaults.Find(name);
                if (fault == NameFault.Invisible)
                    yield return Found($"P02.invisible-{of}", Severity.Blocker, room, name);
                else if (fault == NameFault.Control)
                    yield return Found($"P02.control-{of}", Severity.Blocker, room, name);
                else if (fault == NameFault.Misleading)
                    yield return Found($"P02.misleading-{of}", Severity.Warning, room, name);
            }
        }

        foreach (var person in facts.Plan.Principals.Where(p => p.Type != PrincipalType.SystemUser && (IsDoubtful(p.Name) || IsDoubtful(p.DisplayName))))
            yield return new Finding("MisleadingName", Severity.Warning, null, person.DisplayName ?? person.Name ?? person.Uri, person.Uri, person.DisplayName ?? person.Name);
    }

    private static bool IsDoubtful(string? name) => name is { Length: > 0 } && NameFaults.Find(name) is not null;

    private static Finding Found(string key, Severity severity, RoomFacts room, string name) => new(key, severity, room.Room.Guid, room.Room.Name, name);
}
