namespace MigrationPortal.App;

/// <summary>Names the resources of the frame.</summary>
internal sealed class Frame;
