namespace MigrationPortal.Inbox;

/// <summary>Names the resources of the inbox.</summary>
internal sealed class InboxTexts;
