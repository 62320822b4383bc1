namespace MigrationPortal.Batches.Planning;

/// <param name="Old">Null when the line is new.</param>
/// <param name="New">Null when the line is gone.</param>
public sealed record ChangedLine(string Kind, string Subject, string? Property, string? Old, string? New, long? RoomId, long? MessageCount = null)
{
    /// <summary>The room or category that a right stands on.</summary>
    public string? Place { get; init; }

    /// <summary>In how many rooms the same changed alike.</summary>
    public int RoomCount { get; init; } = 1;

    /// <summary>What stays as it was of a room that only got another name.</summary>
    public UnchangedRights? Unchanged { get; init; }

    public bool IsRoomItself => Kind == PlanItemKinds.Room && Property == "Name";
}

public sealed record UnchangedRights(int Members, int Managers, int Presenters, long Files);

/// <summary>Changes in the order in which a reviewer asks for them, each said once however many rooms it is in.</summary>
internal static class ChangedLines
{
    /// <summary>Fewer are told one by one, with the room's name.</summary>
    private const int LeastAlike = 3;

    public static IReadOnlyList<ChangedLine> Together(IReadOnlyList<ChangedLine> lines) =>
        [.. lines.GroupBy(Alike).SelectMany(x => x.Count() >= LeastAlike && x.Key is not null ? [x.First() with { RoomCount = x.Count() }] : x.AsEnumerable()).OrderBy(Rank)];

    // A room and a category are themselves; a setting is alike in all rooms that change from and to the same, a right in all rooms of a person.
    private static object? Alike(ChangedLine line) => line.Kind switch
    {
        PlanItemKinds.Room when !line.IsRoomItself => (line.Kind, line.Property, line.Old, line.New),
        PlanItemKinds.Member or PlanItemKinds.Manager or PlanItemKinds.Presenter => (line.Kind, line.Subject, line.Old is null, line.New is null),
        _ => null,
    };

    private static int Rank(ChangedLine line) => line.Kind switch
    {
        _ when line.IsRoomItself => line.Old is null || line.New is null ? 0 : 1,
        PlanItemKinds.Category => 1,
        PlanItemKinds.Member or PlanItemKinds.Manager or PlanItemKinds.Presenter or PlanItemKinds.Creator or PlanItemKinds.Scope => line.Old is null ? 2 : 3,
        PlanItemKinds.Room => 4,
        _ => 5,
    };
}
