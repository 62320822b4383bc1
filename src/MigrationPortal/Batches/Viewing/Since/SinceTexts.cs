namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>Names the texts about what changed since somebody looked.</summary>
internal sealed class SinceTexts;
