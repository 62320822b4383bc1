namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>Names the texts about emergency starts.</summary>
internal sealed class BreakGlassTexts;
