namespace MigrationPortal.CutOver;

/// <summary>Names the texts of the cutover.</summary>
public sealed class CutOverTexts;
