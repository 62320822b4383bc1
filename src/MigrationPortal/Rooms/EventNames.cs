namespace MigrationPortal.Rooms;

/// <summary>
/// Names the resources of what can happen to a room and to a batch that it is in, as a column names it beside the person who caused it.
/// A timeline says the same in a sentence with the person in it (<c>Event.X</c> of the portal's texts): no language makes one of the other.
/// </summary>
public sealed class EventNames;
