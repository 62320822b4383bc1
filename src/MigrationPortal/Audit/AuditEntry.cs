namespace MigrationPortal.Audit;

/// <summary>One thing somebody did. Rows are only ever added and form a hash chain.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    /// <summary>Past tense, e.g. <c>BatchSubmitted</c>.</summary>
    public required string Action { get; init; }
    /// <summary>Kind and id, e.g. <c>batch:12</c>.</summary>
    public required string Subject { get; init; }
    public string? PoolPairId { get; init; }
    /// <summary>Before, after, reason … as text values. Never message text or secrets.</summary>
    public required Dictionary<string, string?> Details { get; init; }
    public required byte[] PreviousHash { get; init; }
    public required byte[] Hash { get; init; }
}
