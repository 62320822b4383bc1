using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Freezes;

/// <summary>What a <see cref="FreezeDialog"/> answers.</summary>
/// <param name="Until">Null: no end is planned.</param>
/// <param name="Draft">The place of what was typed, for <see cref="Drafts.SendAsync"/>.</param>
internal sealed record FreezeAnswer(string Reason, DateTimeOffset? Until, string Draft);
