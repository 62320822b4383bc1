using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>The samples by name, and rooms by number for benches.</summary>
internal static class SamplesWorld
{
    public static IReadOnlyList<string> Names { get; } = ["tiny", "typical"];

    public static string NameOf(string sample) => sample == "tiny" ? TinyWorld.Name : TypicalWorld.Name;

    public static SampleWorld Make(string name) => name switch
    {
        "tiny" => TinyWorld.Make(),
        "typical" => TypicalWorld.Make(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such sample."),
    };

    /// <summary>Plain rooms, a hundred to a first-level category; nothing about them is awkward. 33 077 is Microsoft's capacity model.</summary>
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
}
