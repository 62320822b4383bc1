using System.Text.Json.Serialization;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Delta;

public enum DeltaState
{
    InReview,
    Approved,
    SentBack,
    Started,
}

/// <summary>A request to copy what came since where rights or settings changed: asked for by one person, approved by another.</summary>
internal sealed class DeltaRequest
{
    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required long ReviewId { get; init; }
    /// <summary>Of the plan as it is with what came since; nothing else is moved.</summary>
    public required string Fingerprint { get; init; }
    public DeltaState State { get; set; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    /// <summary>How many <see cref="DeltaLine"/> there are.</summary>
    public required int ChangeCount { get; init; }
}

/// <summary>One thing that is different from what was last moved.</summary>
/// <param name="Subject">Name of the room or category.</param>
/// <param name="Property">What of it: <c>Name</c>, <c>Member</c> …; null when it is the whole.</param>
/// <param name="Old">Null when it is new.</param>
/// <param name="New">Null when it goes.</param>
public sealed record DeltaChange(string Kind, string Subject, string? Property, string? Old, string? New)
{
    /// <summary>The kind of a room that stays as the last run left it.</summary>
    public const string SetAside = "SetAside";

    /// <summary>Null where it is about a category, or was requested by a portal that did not keep the room.</summary>
    [JsonIgnore]
    public long? RoomId { get; init; }

    /// <summary>What a thread about it names: <c>deltaLine:Member:12: · Kim</c>; null where its subject is too long for that, or odd.</summary>
    public string? About => DeltaAnchors.About(this);
}
