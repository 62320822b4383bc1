namespace MigrationPortal.Presence;

/// <summary>Names the resources of who is here.</summary>
internal sealed class PresenceTexts;
