namespace MigrationPortal.Rooms;

/// <summary>Names the resources of what can happen to a room and to a batch that it is in.</summary>
public sealed class EventNames;
