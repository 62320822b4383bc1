using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Verification;

/// <summary>The proof of one room: what was read on both sides, by which rules it was graded, which messages differ.</summary>
internal sealed class RoomVerification
{
    public long Id { get; init; }
    public required long RunId { get; init; }
    public required long BatchId { get; init; }
    public required long RoomId { get; init; }
    public required Grade Grade { get; init; }
    public required DateTimeOffset VerifiedAt { get; init; }
    public required RoomResult Proof { get; init; }
    public List<string> Differences { get; init; } = [];
    public string? MessageDifference { get; init; }
    /// <summary>Up to the legacy room's last chatId.</summary>
    public long NewMessageCount { get; init; }
    public long EqualMessageCount { get; init; }
    public long FindingCount { get; init; }
}
