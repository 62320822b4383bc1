namespace MigrationPortal.Rooms.Choosing;

/// <summary>What people do with many rooms at once.</summary>
public enum RoomStep
{
    /// <summary>To a batch.</summary>
    Add,
    Exclude,
    Include,
    /// <summary>Their differences.</summary>
    Accept,
}

/// <summary>Whether a step can be done with a room, and why not.</summary>
public enum RoomFit
{
    Fitting,
    InBatch,
    Excluded,
    NotExcluded,
    /// <summary>In the new pool already, and the same.</summary>
    Same,
    /// <summary>In the new pool already, with differences that were accepted.</summary>
    Accepted,
    OnlyNew,
    OnlyLegacy,
    /// <summary>No longer in the legacy pool.</summary>
    Vanished,
    /// <summary>Accepting its differences waits for a second person.</summary>
    Proposed,
    /// <summary>It differs in another way than whoever decides has seen.</summary>
    Changed,
    /// <summary>The caller's roles do not reach its category.</summary>
    OutOfReach,
    /// <summary>Not in the current scan of the pool pair.</summary>
    Unknown,
}
