using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Engine.Preflight;

/// <summary>P18: messages link to files by name; a name that the file store lacks stays a dead link (trap 39).</summary>
internal sealed class P18MissingFiles : IPreflightRule
{
    public IEnumerable<Finding> Check(PlanFacts facts) =>
        from room in facts.Rooms
        let files = facts.Request.Files?.GetValueOrDefault(room.Room.Guid)
        where files is { Missing.Count: > 0 }
        select new Finding("P18", Severity.Warning, room.Room.Guid, room.Room.Name,
            $"{Counted.Of(files.Missing.Count, "file")} of the {files.Links} that its messages link to are not in the file store: {string.Join(", ", files.Missing.Take(3))}.",
            string.Join("; ", files.Missing.Take(200)));
}
