namespace MigrationPortal.Comments;

/// <summary>Comments about one thing of a batch, until somebody resolves them.</summary>
public sealed class CommentThread
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required AnchorKind AnchorKind { get; init; }
    public required string AnchorKey { get; init; }
    /// <summary>The room of the anchor, where it is about one.</summary>
    public long? RoomId { get; init; }
    /// <summary>Of the plan that was shown when it was begun; null where there was none yet.</summary>
    public string? Fingerprint { get; init; }
    /// <summary>Has to be resolved before approvals suffice, where the pool pair's review policy asks for that.</summary>
    public bool Must { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? ResolvedBy { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }

    public Anchor Anchor => new(AnchorKind, AnchorKey);

    public bool IsOpen => ResolvedAt is null;
}
