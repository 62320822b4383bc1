namespace MigrationPortal.Rooms;

/// <summary>Names the words that the pages about rooms share.</summary>
public sealed class RoomTexts;
