using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>The samples by name, and rooms by number for benches.</summary>
internal static class SamplesWorld
{
    /// <summary>Microsoft's capacity model.</summary>
    public const int LargeRooms = 33_077;

    private const string Older = "-2007";

    public static IReadOnlyList<string> Names { get; } = ["tiny", "typical", "awkward", "large"];

    /// <summary>The pool pairs of a sample: the last two are made as both legacy generations.</summary>
    public static IReadOnlyList<string> GenerationsOf(string sample) => sample is "awkward" or "large" ? [sample, sample + Older] : [sample];

    public static ChatProduct ProductOf(string id) => IsOlder(id) ? ChatProduct.OcsGroupChat2007R2 : ChatProduct.LyncGroupChat2010;

    public static ChatProduct NewProductOf(string id) => IsOlder(id) ? ChatProduct.SkypePersistentChat2015 : ChatProduct.LyncPersistentChat2013;

    public static string NameOf(string id) => Plain(id) switch
    {
        "tiny" => TinyWorld.Name,
        "typical" => TypicalWorld.Name,
        "awkward" => AwkwardWorld.Name,
        _ => LargeWorld.Name,
    } + (IsOlder(id) ? ", OCS 2007 R2" : "");

    /// <param name="messages">Of <c>large</c> only, over all rooms.</param>
    public static SampleWorld Make(string id, long messages = LargeRooms) => Plain(id) switch
    {
        "tiny" => TinyWorld.Make(),
        "typical" => TypicalWorld.Make(),
        "awkward" => AwkwardWorld.Make(id, ProductOf(id)),
        "large" => LargeWorld.Make(id, ProductOf(id), LargeRooms, messages),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such sample."),
    };

    /// <summary>Plain rooms, a hundred to a first-level category; nothing about them is awkward.</summary>
    /// <param name="messages">In each room.</param>
    public static SampleSide Rooms(int count, long messages)
    {
        var builder = new WorldBuilder("rooms");
        var floor = Floor.Staff(builder, ["Floor"], 500);
        var random = new SampleRandom(11);
        ChatNode? category = null;
        for (var i = 0; i < count; i++)
        {
            if (i % 100 == 0)
                category = builder.AddCategory(null, string.Create(CultureInfo.InvariantCulture, $"Category {i / 100:D4}"));
            var people = floor.Departments["Floor"].Sample(ref random, 8);
            var room = builder.AddRoom(category, string.Create(CultureInfo.InvariantCulture, $"Room {i:D6}"));
            builder.Grant(room, RoleType.Member, people);
            builder.Messages.Add(Floor.Messages(room, people, ref random, messages) with { FirstChatId = 1, PurgedAtEnd = 0 });
        }

        return builder.Build();
    }

    private static bool IsOlder(string id) => id.EndsWith(Older, StringComparison.Ordinal);

    private static string Plain(string id) => IsOlder(id) ? id[..^Older.Length] : id;
}
