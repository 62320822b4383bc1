namespace MigrationPortal.Presence;

/// <summary>Names the resources of who is at a page.</summary>
internal sealed class PresenceTexts;
