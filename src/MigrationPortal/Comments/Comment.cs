namespace MigrationPortal.Comments;

/// <summary>What one person wrote in a thread.</summary>
public sealed class Comment
{
    public long Id { get; init; }
    public required long ThreadId { get; init; }
    public required long BatchId { get; init; }
    public required string By { get; init; }
    /// <summary>Null where somebody wrote who never signed in: by a persona's fixed token.</summary>
    public long? PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Markdown; empty once it was deleted or redacted.</summary>
    public required string Text { get; set; }
    /// <summary>Counts edits: what is changed must be what was seen.</summary>
    public int Version { get; set; }
    public DateTimeOffset? EditedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public string? RedactedBy { get; set; }
    public DateTimeOffset? RedactedAt { get; set; }
    public string? RedactedReason { get; set; }

    public bool IsShown => DeletedAt is null && RedactedAt is null;
}

/// <summary>A text that an edit or a deletion replaced: for its author and auditors.</summary>
internal sealed class CommentVersion
{
    public required long CommentId { get; init; }
    public required int Version { get; init; }
    public required string Text { get; init; }
    /// <summary>When it was replaced.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class CommentMention
{
    public required long CommentId { get; init; }
    public required long PersonId { get; init; }
}
