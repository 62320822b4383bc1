namespace MigrationPortal.Rooms;

/// <summary>One line of the side-by-side list.</summary>
public sealed record RoomRow
{
    public required string Id { get; init; }
    public required Guid Guid { get; init; }
    public required Comparison Comparison { get; init; }
    public required string Category { get; init; }
    public required bool IsVanished { get; init; }
    public string? BatchId { get; init; }
    public string? BatchName { get; init; }
    public RoomSide? Legacy { get; init; }
    public RoomSide? New { get; init; }
    /// <summary>Posted in the new room after the legacy room's last message.</summary>
    public required long NewSinceCount { get; init; }
    public required int DifferenceCount { get; init; }
    /// <summary>Names of the properties that differ without a rule.</summary>
    public required IReadOnlyList<string> Differences { get; init; }
    /// <summary>Names how the room differs now, for whoever accepts that; null where it does not differ.</summary>
    public string? DifferenceKey { get; init; }
    public RoomDecision? LeftOut { get; init; }
    public RoomDecision? Accepted { get; init; }
    /// <summary>That its differing messages may stay so waits for a second person.</summary>
    public RoomProposal? Proposed { get; init; }

    public string Name => Legacy?.Name ?? New?.Name ?? Guid.ToString();
}

public sealed record RoomSide
{
    public required string Name { get; init; }
    public string? Category { get; init; }
    public string? Privacy { get; init; }
    public string? Type { get; init; }
    public bool? Disabled { get; init; }
    public int? MemberCount { get; init; }
    public int? ManagerCount { get; init; }
    public long? MessageCount { get; init; }
    public DateTimeOffset? FirstMessageAt { get; init; }
    public DateTimeOffset? LastMessageAt { get; init; }
}

/// <summary>Who decided something about a room, when and why.</summary>
public sealed record RoomDecision(string By, DateTimeOffset At, string Reason)
{
    /// <summary>The second person, where messages differed.</summary>
    public string? ConfirmedBy { get; init; }
}

/// <summary>Who proposed to accept that messages differ, when and why.</summary>
/// <param name="Id">What <c>acceptance-proposals/{id}/confirm</c> takes.</param>
public sealed record RoomProposal(string Id, string By, DateTimeOffset At, string Reason);

/// <summary>How many rooms and legacy messages there are per comparison, under a filter that leaves the comparison open.</summary>
public sealed record RoomCount(Comparison Comparison, long Rooms, long Messages);

public sealed record BatchChoice(long Id, string Name, string State, long Rooms);
