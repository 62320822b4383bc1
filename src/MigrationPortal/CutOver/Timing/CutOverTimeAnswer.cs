using MigrationPortal.Ui.Typing;

namespace MigrationPortal.CutOver.Timing;

/// <summary>What somebody planned in the dialog; a start that is null removes the plan.</summary>
/// <param name="Draft">The place of what was typed, for <see cref="Drafts.SendAsync"/>.</param>
internal sealed record CutOverTimeAnswer(DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string Draft);
