namespace MigrationPortal.Delta;

/// <summary>The room's texts; a text is its own key until it is translated.</summary>
public sealed class DeltaTexts;
