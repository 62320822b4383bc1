using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Runs.Steering;

/// <summary>The speed that somebody typed in the <see cref="ThrottleDialog"/>; null is none.</summary>
/// <param name="Draft">The place of what was typed, for <see cref="Drafts.SendAsync"/>.</param>
internal sealed record ThrottleAnswer(int? MessagesPerSecond, string Draft);
