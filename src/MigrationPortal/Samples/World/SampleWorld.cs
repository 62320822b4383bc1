using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>One side of a sample: everything but the messages, and how to make those.</summary>
internal sealed record SampleSide(ChatPool Pool, IReadOnlyList<RoomMessages> Messages);

/// <summary>A legacy pool and the new pool that part of it has already moved to.</summary>
/// <param name="Product">The legacy generation: Lync 2010 is documented, OCS 2007 R2 has the shape of <c>OcsGroupChat2007R2.sql</c>.</param>
internal sealed record SampleWorld(string Id, string Name, SampleSide Legacy, SampleSide New, ChatProduct Product = ChatProduct.LyncGroupChat2010)
{
    public ChatProduct NewProduct => Product == ChatProduct.LyncGroupChat2010 ? ChatProduct.LyncPersistentChat2013 : ChatProduct.SkypePersistentChat2015;
}

internal static class SampleClock
{
    /// <summary>Nothing in a sample comes from the real clock: this is "today" there.</summary>
    public static readonly DateTime Today = new(2013, 9, 30, 17, 0, 0, DateTimeKind.Unspecified);

    public static readonly DateTime Founded = new(2010, 12, 1, 8, 0, 0, DateTimeKind.Unspecified);
}
