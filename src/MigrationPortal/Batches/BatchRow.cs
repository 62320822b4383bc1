namespace MigrationPortal.Batches;

/// <summary>A line of the list of batches.</summary>
public sealed record BatchRow
{
    public required long Id { get; init; }
    public required string PoolPairId { get; init; }
    public required string Name { get; init; }
    public required BatchState State { get; init; }
    public required string Author { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int Version { get; init; }
    public string? Fingerprint { get; init; }
    public string? ApprovedFingerprint { get; init; }
    public int RoomCount { get; set; }
    /// <summary>Of its legacy rooms, at the last scan.</summary>
    public long MessageCount { get; set; }
    public required int BlockerCount { get; init; }
    public required int OpenWarningCount { get; init; }
    /// <summary>Who approved the plan as it is now.</summary>
    public string? ApprovedBy { get; set; }
    /// <summary>How far its open or approved review is; null where there is none.</summary>
    public BatchStanding? Standing { get; set; }
    /// <summary>It started or may start without the approvals that its policy asks for, and no auditor has reviewed that.</summary>
    public bool HasUnreviewedEmergency { get; set; }
    /// <summary>Of the latest run; null before the first.</summary>
    public long? CopiedMessageCount { get; set; }
    public long? TotalMessageCount { get; set; }
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <param name="Needed">Approvals.</param>
/// <param name="Have">Of them that count now.</param>
/// <param name="Missing">Empty when it may start.</param>
public sealed record BatchStanding(int Needed, int Have, IReadOnlyList<MissingApproval> Missing);

/// <param name="Code"><c>approvals-missing</c> with the number, <c>need-missing</c> with the group or category.</param>
public sealed record MissingApproval(string Code, IReadOnlyList<string> Values);
