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

    /// <summary>How many of them are about people outside the scope, and how many about groups of which that is unknown; a room may have both.</summary>
    public (int Outside, int Unknown) Scopes { get; init; }

    /// <summary>How many of them were not there in the plan that was reviewed last, and how many of those nobody acknowledged; 0 where that is not known.</summary>
    public (int All, int Open) New { get; init; }

    /// <summary>Who acknowledged how many of them, how and why; the first one first, at most <see cref="FindingQueries.MostAcknowledgements"/>.</summary>
    public IReadOnlyList<Acknowledgement> Acknowledgements { get; init; } = [];

    /// <summary>Of all, listed or not.</summary>
    public int AcknowledgementCount { get; init; }
}

/// <summary>Findings of one rule that one person acknowledged with one reason; each sample that was drawn is one of its own.</summary>
/// <param name="Rows">How many of the rule's findings were shown to them; null where that was not kept.</param>
/// <param name="StaleCount">How many of them say something else since.</param>
public sealed record Acknowledgement(string By, string? Reason, DateTimeOffset At, AcknowledgedHow? How, int? Rows, int Count, int StaleCount);
