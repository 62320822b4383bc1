using MigrationPortal.Engine;

namespace MigrationPortal.Notices.Outbox;

/// <summary>Something that people are told of: added in the transaction that did it, so that both are there or neither.</summary>
internal sealed class NoticeEvent
{
    public long Id { get; init; }
    /// <summary>A registered <see cref="NoticeKind"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>Kind and id: <c>batch:12</c>. Mails about one subject stand in one conversation.</summary>
    public required string Subject { get; init; }
    public string? PoolPairId { get; init; }
    /// <summary>Account of who did it, and is not told.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>What the subject is called. Goes into mails: never a name of a room or a person in one.</summary>
    public required string Title { get; init; }
    /// <summary>What happened. Goes into mails.</summary>
    public required Wording Sentence { get; init; }
    /// <summary>What somebody typed, or more of what happened: shown in the portal alone.</summary>
    public Wording? Detail { get; init; }
    /// <summary>The page about it, within the portal.</summary>
    public required string Url { get; init; }
    /// <summary>What decides who is told: by the kind's audience.</summary>
    public Dictionary<string, string> Values { get; init; } = [];
    /// <summary>Two events with one key are one: an outage or a due date is told once.</summary>
    public string? OnceKey { get; init; }
    /// <summary>When it was handed out to people; null while that is still to be done.</summary>
    public DateTimeOffset? SentOutAt { get; set; }
    /// <summary>Why it could not be handed out; it is not tried again.</summary>
    public string? Failure { get; set; }
}

/// <summary>One event in one person's bell.</summary>
internal sealed class Notification
{
    public long Id { get; init; }
    public required long EventId { get; init; }
    public required long PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
}
