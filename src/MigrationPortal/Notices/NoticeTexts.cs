namespace MigrationPortal.Notices;

/// <summary>Names the texts of notifications.</summary>
internal sealed class NoticeTexts;
