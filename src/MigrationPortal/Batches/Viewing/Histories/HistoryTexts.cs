namespace MigrationPortal.Batches.Viewing.Histories;

/// <summary>Names the resources of the history's table.</summary>
internal sealed class HistoryTexts;
