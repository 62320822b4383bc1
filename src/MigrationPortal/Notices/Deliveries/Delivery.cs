using MigrationPortal.Engine;

namespace MigrationPortal.Notices.Deliveries;

public enum DeliveryState
{
    /// <summary>Is sent when its time has come.</summary>
    Waiting,
    /// <summary>Is part of the person's next digest.</summary>
    Held,
    Sent,
    /// <summary>Settled, read in the portal, or no longer the person's to know.</summary>
    Superseded,
    /// <summary>Given up; an administrator can send it again.</summary>
    Dead,
}

/// <summary>One event on its way to one person by one channel.</summary>
internal sealed class Delivery
{
    public const string Mail = "mail";

    public long Id { get; init; }
    public required long EventId { get; init; }
    /// <summary>Null for a webhook.</summary>
    public long? PersonId { get; init; }
    /// <summary><see cref="Mail"/>, or <c>webhook:3</c>.</summary>
    public required string Channel { get; init; }
    public DeliveryState State { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextAt { get; set; }
    public int Attempts { get; set; }
    /// <summary>Until then it belongs to whoever took it; a node that died has lost it afterwards.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
    public string? LeaseBy { get; set; }
    /// <summary>Deliveries of one group become one mail: <c>digest:2026-03-02</c>.</summary>
    public string? GroupKey { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>What the other side said, or what failed; never an address or a text.</summary>
    public Wording? Error { get; set; }
    /// <summary>What a webhook is sent: as it was when it happened, and the same at each retry.</summary>
    public string? Body { get; set; }
}

/// <summary>Whether a channel can be used at all: while it cannot, it waits, not each of its deliveries.</summary>
internal sealed class NoticeChannelState
{
    public required string Name { get; init; }
    public DateTimeOffset? DownSince { get; set; }
    public int Failures { get; set; }
    public DateTimeOffset? NextAt { get; set; }
    public Wording? Error { get; set; }
}
