namespace MigrationPortal.Freezes;

/// <summary>Names the texts about the start freeze.</summary>
internal sealed class FreezeTexts;
