namespace MigrationPortal.Batches;

/// <summary>Names the resources of <see cref="BatchState"/>.</summary>
internal sealed class BatchStateTexts;
