using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>Traps 9 to 22 and 62: who may do what.</summary>
internal static class AwkwardRights
{
    public static void AddTo(AwkwardRoomsBuilder rooms)
    {
        var (world, floor, people) = (rooms.World, rooms.Floor, rooms.People);
        var strangers = floor.Departments["Wall"].People;
        world.Grant(world.Nodes.First(), RoleType.Manager, [floor.Administrator]);
        rooms.Room(rooms.Desk, "09 Managed from the root");
        var middle = world.AddCategory(rooms.Desk, "10 Middle");
        world.Grant(middle, RoleType.Manager, [people[3]]);
        rooms.Room(world.AddCategory(middle, "Bottom"), "10 Managed from the middle");
        rooms.Room(rooms.Desk, "11 Scope of the root", x => x with { ScopeDefinerId = WorldBuilder.RootId });
        rooms.Room(rooms.Desk, "11 Scope of nobody above", x => x with { ScopeDefinerId = 2_000_000 });
        rooms.Room(rooms.Desk, "11 Members of nobody above", x => x with { RoleDefinerId = 2_000_000 });
        var closed = world.AddCategory(rooms.Desk, "12 Members may not create", x => x with { RestrictChildCreate = false });
        world.Grant(closed, RoleType.Member, people.Take(2));
        rooms.Room(closed, "12 Creation is restricted");
        var open = world.AddCategory(rooms.Desk, "13 Members may create", x => x with { RestrictChildCreate = true });
        world.Grant(open, RoleType.Member, people.Take(3));
        rooms.Room(open, "13 Whose members created rooms");

        // Two scopes below one roof: each gets a category of its own.
        var walled = world.AddCategory(null, "14 Walls", scope: [floor.Departments["Desk"].Group]);
        rooms.Room(walled, "14 This side");
        var narrow = rooms.Room(walled, "14 That side", hasMembers: false);
        world.Narrow(narrow, [floor.Departments["Wall"].Group]);
        world.Grant(narrow, RoleType.Member, strangers.Take(3));
        var outside = rooms.Room(walled, "15 A member from outside");
        world.Roles.Add(new(outside.NodeId, strangers[0].PrincipalId, RoleType.Member, true, false));
        world.Roles.Add(new(outside.NodeId, strangers[1].PrincipalId, RoleType.Member, true, true));

        world.Grant(rooms.Room(rooms.Desk, "17 Was an auditorium"), RoleType.Voiced, people.Take(2));
        world.Grant(rooms.Room(rooms.Desk, "17 Presenter who is no member", x => x with { Behavior = "auditorium" }), RoleType.Voiced, [people[0], strangers[3]]);
        rooms.Room(rooms.Desk, "18 Nobody is a member", hasMembers: false);
        rooms.Room(rooms.Desk, "20 Scoped", x => x with { Visibility = "scope" });
        rooms.Room(world.AddCategory(rooms.Desk, "21 Private below", x => x with { Visibility = "private" }), "21 Visibility inherited");
        rooms.Room(rooms.Desk, "22 Private auditorium", x => x with { Visibility = "private", Behavior = "auditorium" });
        rooms.Room(rooms.Desk, "62 Manager without a voice", x => x with { Behavior = "auditorium" });
    }
}
