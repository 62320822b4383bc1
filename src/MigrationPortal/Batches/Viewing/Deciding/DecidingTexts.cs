namespace MigrationPortal.Batches.Viewing.Deciding;

/// <summary>Names the resources of the tab on which a plan is decided about.</summary>
internal sealed class DecidingTexts;
