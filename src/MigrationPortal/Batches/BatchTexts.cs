namespace MigrationPortal.Batches;

/// <summary>Names the resources of what is confirmed before anything is written to the new pool.</summary>
internal sealed class BatchTexts;
