namespace MigrationPortal.Batches;

/// <summary>Names the texts of batches and reviews. A text is its own key in English.</summary>
internal sealed class BatchTexts;
