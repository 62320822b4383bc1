namespace MigrationPortal.Rooms;

/// <summary>Where a legacy room stands on its way; each is in exactly one place.</summary>
public enum Place
{
    /// <summary>Same on both sides, or its difference was accepted.</summary>
    There,
    Moving,
    Different,
    /// <summary>In a batch that waits for something.</summary>
    Waiting,
    Unplanned,
    LeftOut,
}

public enum RoomSort
{
    Category,
    Name,
    Comparison,
    Members,
    Messages,
    Last,
    NewName,
    NewMembers,
    NewMessages,
    Batch,
}

/// <summary>What of a pool pair's rooms is asked for; the same for the page, the API and "all that match".</summary>
public sealed record RoomFilter
{
    public required string PoolPairId { get; init; }
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];
    /// <summary>Part of a name or category on either side, or a whole guid.</summary>
    public string? Search { get; init; }
    /// <summary>Categories as <see cref="Access.CategoryPaths"/> writes them; rooms below one count as well.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<long> BatchIds { get; init; } = [];
    public Place? Place { get; init; }
    /// <summary>Rooms with which a step can, or cannot, be done.</summary>
    public Choosing.RoomFitFilter? Fit { get; init; }
    /// <summary>Among these; null: among all.</summary>
    public IReadOnlyCollection<long>? Among { get; init; }
    public RoomSort Sort { get; init; }
    public bool Descending { get; init; }
}
