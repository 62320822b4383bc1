namespace MigrationPortal.Batches.Viewing.BatchOptions;

/// <summary>Names the resources of the tab with a batch's options and categories.</summary>
internal sealed class BatchOptionTexts;
