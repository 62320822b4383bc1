namespace MigrationPortal.Windows.Scheduling;

/// <summary>What somebody chose in the <see cref="ScheduleDialog"/>.</summary>
public sealed record ScheduleAnswer(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Confirmations);
