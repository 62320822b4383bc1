namespace MigrationPortal.Runs;

/// <summary>Names the texts of runs, wherever they are shown.</summary>
public sealed class RunTexts;
