namespace MigrationPortal.Engine.Planning;

/// <summary>A room of the batch that no plan can be made for, and why.</summary>
internal sealed record BrokenRoom(ChatNode Room, string Code);

/// <summary>Everything that was found out about one room of the batch on the way to its plan.</summary>
internal sealed record RoomFacts
{
    public required ChatNode Room { get; init; }
    public required CategoryPart Part { get; init; }
    public required StandingCategory Category { get; init; }
    public required RightsList Rights { get; init; }
    public required PlannedRoom Planned { get; init; }
    public required string NameCode { get; init; }
}

/// <summary>A row of the new pool as the whole legacy inventory would make it; the key is what the databases compare.</summary>
internal sealed record PlannedName(Guid Guid, string Name, string Key, bool IsCategory, ChatNode Category, ChatNode? Room);

/// <summary>What the preflight rules look at: the request, what was computed of the whole inventory, and the rooms of the batch.</summary>
internal sealed record PlanFacts
{
    public required PlanRequest Request { get; init; }
    public required LegacyTree Tree { get; init; }
    public required EffectiveSettings Settings { get; init; }
    public required Containment Containment { get; init; }
    public required LegacyPeople People { get; init; }
    public required ILookup<string, PlannedName> Names { get; init; }
    public required IReadOnlyList<RoomFacts> Rooms { get; init; }
    public required IReadOnlyList<BrokenRoom> Broken { get; init; }
    /// <summary>Guids of rooms of the batch that the legacy pool does not have.</summary>
    public required IReadOnlyList<Guid> Vanished { get; init; }
    /// <summary>Categories without rooms that the new pool would not take.</summary>
    public required IReadOnlyList<ChatNode> LeftEmpty { get; init; }
    /// <summary>Rooms of the batch that the options leave behind.</summary>
    public required IReadOnlyList<ChatNode> Skipped { get; init; }
    public required MigrationPlan Plan { get; init; }
    public IReadOnlyList<RightChange> RightChanges { get; init; } = [];
}
