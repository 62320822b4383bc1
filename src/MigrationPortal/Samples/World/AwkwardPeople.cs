using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>Traps 28 to 34: people who left, came from elsewhere, stand twice or share a name.</summary>
internal static class AwkwardPeople
{
    public static void AddTo(AwkwardRoomsBuilder rooms)
    {
        var (world, people) = (rooms.World, rooms.People);
        rooms.Room(rooms.Desk, "28 Written by leavers", messages: x => x with { Authors = [.. rooms.Floor.Departed.Select(p => p.PrincipalId)] });
        rooms.Room(rooms.Desk, "28 Written by nobody", messages: x => x with { UnknownAuthor = 999_999 });
        world.Grant(rooms.Room(rooms.Desk, "29 A disabled member"), RoleType.Member, rooms.Floor.Departed.Take(1));

        var federated = world.AddPrincipal("federated", PrincipalType.FederatedUser, "sip:olga.petrova@fabrikam.com", "Petrova, Olga", null);
        var external = world.AddPrincipal("external", PrincipalType.ExternalUser, "ma-usr:old.hand", "Hand, Old", null);
        var group = world.AddPrincipal("federated-group", PrincipalType.FederatedGroup, "ma-grp:fabrikam-traders", "Fabrikam traders", null);
        var shared = rooms.Room(rooms.Desk, "30 With partners", messages: x => x with { Authors = [.. x.Authors, federated.PrincipalId, external.PrincipalId] });
        world.Grant(shared, RoleType.Member, [federated, external, group]);

        var comma = world.AddPrincipal("comma", PrincipalType.User, "sip:j.o@contoso.com", "O'Neil, J.", "CN=O'Neil\\, James \\C3\\84,OU=Desk,DC=contoso,DC=com");
        world.Grant(rooms.Room(rooms.Desk, "31 Named with a comma", messages: x => x with { Authors = [comma.PrincipalId] }), RoleType.Member, [comma]);
        var twice = world.AddTwin(people[4], "sip:the.other.row@contoso.com");
        rooms.Room(rooms.Desk, "32 Written by both rows of one person", messages: x => x with { Authors = [people[4].PrincipalId, twice.PrincipalId] });
        world.Grant(rooms.Room(rooms.Desk, "32 Whose address a stranger has", messages: x => x with { Authors = [rooms.Renamed.PrincipalId] }), RoleType.Member, [rooms.Renamed]);
        rooms.Room(rooms.Desk, "33 Written by the system", x => x with { AddedBy = WorldBuilder.SystemId }, x => x with { Authors = [WorldBuilder.SystemId] });
        rooms.Room(rooms.Desk, "33 Made by nobody who is known", x => x with { AddedBy = 888_888, UpdatedBy = 888_888 });
        var namesake = world.AddPrincipal("namesake", PrincipalType.User, "sip:namesake@contoso.com", people[0].Name!, "CN=namesake,OU=Desk,DC=contoso,DC=com");
        world.Grant(rooms.Room(rooms.Desk, "34 Two of one name"), RoleType.Manager, [namesake]);
    }
}
