namespace MigrationPortal.Delta;

/// <summary>Names the texts of deltas.</summary>
public sealed class DeltaTexts;
