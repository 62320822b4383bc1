namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>What somebody typed to ask for an emergency start.</summary>
/// <param name="Draft">The place of what was typed, for <see cref="Ui.Drafts.SendAsync"/>.</param>
internal sealed record BreakGlassAnswer(string Reason, string Reference, string Draft);
