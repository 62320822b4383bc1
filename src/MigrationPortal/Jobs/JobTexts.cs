namespace MigrationPortal.Jobs;

/// <summary>Names the resources of the page about jobs.</summary>
internal sealed class JobTexts;
