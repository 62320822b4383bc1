using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>One room for each thing that goes wrong in real migrations, put where a floor would have it.</summary>
internal static class AwkwardRooms
{
    public static void AddTo(WorldBuilder builder, Floor floor)
    {
        var random = new SampleRandom(7);
        var people = floor.Departments["Trading"].Sample(ref random, 6);
        ChatNode Room(string category, string name, Func<ChatNode, ChatNode>? change = null, Func<RoomMessages, RoomMessages>? messages = null)
        {
            var room = builder.AddRoom(category.Length == 0 ? null : floor.Categories[category], name, change);
            builder.Grant(room, RoleType.Member, people);
            builder.Grant(room, RoleType.Manager, people.Take(1));
            var made = Floor.Messages(room, people, ref random, 60);
            builder.Messages.Add(messages?.Invoke(made) ?? made);
            return room;
        }

        // Names: a collision after prefixing, one that the new pool has already, and one whose path is too long.
        Room("Trading/FX", "Spot");
        Room("Trading", "Trading - FX - Spot");
        Room("Projects", "Lync pilot");
        Room("Trading/Equities/Derivatives", "Structured products, exotic pay-offs and everything that has a barrier, a coupon or a memory feature, including but not "
            + "limited to autocallables, reverse convertibles, bonus certificates, capped and uncapped, quanto and composite pay-offs");
        Room("", "Announcements");

        // Settings: the category says otherwise.
        var closed = builder.AddCategory(floor.Categories["Projects"], "Frozen", x => x with { Invite = false });
        floor.Categories["Projects/Frozen"] = closed;
        Room("Projects/Frozen", "Invites everybody", x => x with { Invite = true });
        Room("Projects/Frozen", "As the category says");
        Room("Social", "Off the record", x => x with { Logged = false });
        Room("Social", "No pictures please", x => x with { FilePost = false });
        Room("Social", "Disabled long ago", x => x with { Disabled = true, Topic = "Use Social Flow instead" });

        // Add-ins.
        var fine = new ChatAddIn(builder.Guid("add-in:prices"), "Price board", "https://boards.contoso.com/prices");
        var broken = new ChatAddIn(builder.Guid("add-in:share"), "Shared folder", "file://fileserver/desk");
        builder.AddIns.AddRange([fine, broken]);
        Room("Trading/FX", "Board", x => x with { AddInId = fine.Id });
        Room("Trading/FX", "Files of the desk", x => x with { AddInId = broken.Id });

        // Rights: outside the scope, presenters where there is no stage, and partners from another company.
        var partner = builder.AddPrincipal("partner", PrincipalType.FederatedUser, "sip:olga.petrova@fabrikam.com", "Petrova, Olga", null);
        var partners = builder.AddPrincipal("partners", PrincipalType.FederatedGroup, "ma-grp:fabrikam-traders", "Fabrikam traders", null);
        var prime = Room("Trading/Prime", "Deal 4711", x => x with { Visibility = "private" });
        builder.Roles.Add(new(prime.NodeId, floor.Departments["Corporate"].People[3].PrincipalId, RoleType.Member, true, false));
        var shared = Room("Sales/Institutional", "Fabrikam together", messages: x => x with { Authors = [.. x.Authors, partner.PrincipalId] });
        builder.Grant(shared, RoleType.Member, [partner, partners]);
        builder.Grant(Room("Trading/Commodities", "Was an auditorium"), RoleType.Voiced, people.Take(2));
        builder.Grant(Room("Corporate", "Town hall", x => x with { Behavior = "auditorium" }), RoleType.Voiced, [people[0], floor.Departments["Sales"].People[2]]);

        // Messages: leavers, nobodies, a clock set back, texts that are more than text, a room emptied by a purge.
        Room("Operations", "Written by leavers", messages: x => x with { Authors = [.. floor.Departed.Take(3).Select(p => p.PrincipalId)] });
        Room("Operations", "Written by nobody", messages: x => x with { UnknownAuthor = 999_999 });
        Room("Operations", "Clock set back", messages: x => x with { RunsBackwards = true });
        Room("Technology", "日本語 & <b>Ümläute</b>", x => x with { Description = "=1+1 and <script>alert(1)</script>" }, x => x with { Special = SampleTexts.Hostile });
        Room("Operations", "Purged to the last", messages: x => x with { Count = 0, FirstChatId = 812, PurgedAtEnd = 0 });
        // Left behind by a room that somebody deleted from the tree.
        builder.Messages.Add(new() { NodeId = 900_001, Seed = "stray", Count = 3, Authors = [people[0].PrincipalId], From = SampleClock.Founded, To = SampleClock.Founded.AddDays(1) });
    }
}
