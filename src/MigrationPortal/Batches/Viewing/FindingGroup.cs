using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing;

/// <summary>All findings of one rule and severity: on the page they are one line.</summary>
/// <param name="OpenCount">Warnings that nobody acknowledged.</param>
/// <param name="RoomCount">How many rooms they are about.</param>
/// <param name="AcknowledgedBy">The one person who acknowledged any of them; null when nobody or several did.</param>
public sealed record FindingGroup(
    string RuleId, Severity Severity, int Count, int OpenCount, int RoomCount, string? AcknowledgedBy, string? AcknowledgedReason, DateTimeOffset? AcknowledgedAt)
{
    /// <summary>How many of them a new name for the room ends, and how many a new name for its category.</summary>
    public (int Rooms, int Categories) Names { get; init; }
}
