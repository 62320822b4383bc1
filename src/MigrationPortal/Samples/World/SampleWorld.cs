using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>One side of a sample: everything but the messages, and how to make those.</summary>
internal sealed record SampleSide(ChatPool Pool, IReadOnlyList<RoomMessages> Messages);

/// <summary>A legacy pool and the new pool that part of it has already moved to.</summary>
internal sealed record SampleWorld(string Id, string Name, SampleSide Legacy, SampleSide New);

internal static class SampleClock
{
    /// <summary>Nothing in a sample comes from the real clock: this is "today" there.</summary>
    public static readonly DateTime Today = new(2013, 9, 30, 17, 0, 0, DateTimeKind.Unspecified);

    public static readonly DateTime Founded = new(2010, 12, 1, 8, 0, 0, DateTimeKind.Unspecified);
}
