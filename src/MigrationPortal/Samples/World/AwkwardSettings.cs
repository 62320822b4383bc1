using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>Traps 23 to 27, 56 and add-ins: settings that are lost or forced.</summary>
internal static class AwkwardSettings
{
    public static void AddTo(AwkwardRoomsBuilder rooms)
    {
        var world = rooms.World;
        rooms.Room(rooms.Desk, "23 Invites below a category that does not", x => x with { Invite = true });
        var forced = world.AddCategory(rooms.Desk, "23 Must inherit", x => x with { Inheritance = true, Logged = true });
        rooms.Room(forced, "23 Own settings that do not count", x => x with { Invite = true, Logged = false, Visibility = "private" });
        rooms.Room(rooms.Desk, "24 Off the record", x => x with { Logged = false });
        rooms.Room(rooms.Desk, "24 No uploads", x => x with { FilePost = false });
        rooms.Room(rooms.Desk, "24 Neither", x => x with { Logged = false, FilePost = false });
        rooms.Room(rooms.Desk, "25 A topic", x => x with { Topic = "Bring your own questions" });
        rooms.Room(rooms.Desk, "25 A topic too long to append", x => x with { Topic = new string('t', 200), Description = new string('d', 100) });
        var inviting = world.AddCategory(null, "27 Inviting", x => x with { Invite = true });
        var invited = rooms.Room(inviting, "27 Everybody is invited");
        world.Grant(invited, RoleType.Member, [rooms.Floor.Departments["Desk"].Group, rooms.Floor.Departments["Wall"].Group]);
        rooms.Room(rooms.Desk, "56 Disabled", x => x with { Disabled = true });

        var fine = new ChatAddIn(world.Guid("add-in:prices"), "Price board", "https://boards.contoso.com/prices");
        var share = new ChatAddIn(world.Guid("add-in:share"), "Shared folder", "file://fileserver/desk");
        var longer = new ChatAddIn(world.Guid("add-in:long"), "Prices of everything that is quoted in London", "https://boards.contoso.com/" + new string('p', 226));
        world.AddIns.AddRange([fine, share, longer]);
        rooms.Room(rooms.Desk, "Add-in", x => x with { AddInId = fine.Id });
        rooms.Room(rooms.Desk, "Add-in that is no web page", x => x with { AddInId = share.Id });
        rooms.Room(rooms.Desk, "Add-in as long as allowed", x => x with { AddInId = longer.Id });
    }
}
