
namespace MigrationPortal.Samples.World;

/// <summary>Traps 1 to 8: names and tree.</summary>
internal static class AwkwardNames
{
    public static void AddTo(AwkwardRoomsBuilder rooms)
    {
        var world = rooms.World;
        var deep = rooms.Desk;
        foreach (var level in (string[])["European government bonds", "Auctions and syndications", "Second half of the year"])
            deep = world.AddCategory(deep, level);
        rooms.Room(deep, "01 " + new string('n', 180));
        rooms.Room(deep, "01 Short enough, with prefix");
        var pair = world.AddCategory(rooms.Desk, "B");
        rooms.Room(pair, "02 x");
        rooms.Room(rooms.Desk, "Desk - B - 02 x");
        rooms.Room(rooms.Desk, "03 Taken name");
        rooms.Room(rooms.Desk, "04 Sales ");
        rooms.Room(rooms.Drifted, "04 sALES");
        var there = world.NextId + 1;
        var one = world.AddCategory(null, "05 Circle", x => x with { ParentId = there });
        var other = world.AddCategory(one, "05 Circle back");
        rooms.Room(other, "05 In a circle");
        var parent = rooms.Room(rooms.Desk, "05 A room as parent");
        rooms.Room(parent, "05 Below a room");
        rooms.Room(null, "06 Directly under the root");
        // Behavior 4 stands on categories too; nodeType alone tells what is what.
        world.AddCategory(rooms.Desk, "07 An empty category", x => x with { Behavior = "auditorium" });
        rooms.Room(world.AddCategory(rooms.Desk, "08 a/b\\c"), "08 slash / and \\ and : and * in it");
    }
}
