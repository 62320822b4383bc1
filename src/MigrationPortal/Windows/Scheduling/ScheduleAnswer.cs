using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>What somebody chose in the <see cref="ScheduleDialog"/>.</summary>
/// <param name="Draft">The place of what was typed, for <see cref="Drafts.SendAsync"/>.</param>
public sealed record ScheduleAnswer(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Confirmations, string Draft);
