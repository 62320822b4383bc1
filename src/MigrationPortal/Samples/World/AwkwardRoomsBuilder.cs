using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>Makes rooms that are ordinary but for the one thing that each is about.</summary>
internal sealed class AwkwardRoomsBuilder
{
    private SampleRandom _random = new(29);

    public AwkwardRoomsBuilder(WorldBuilder world, Floor floor)
    {
        (World, Floor) = (world, floor);
        People = floor.Departments["Desk"].People.Take(6).ToList();
        Desk = world.AddCategory(null, "Desk", x => x with { Invite = false });
        Floor.Categories["Desk"] = Desk;
        Drifted = world.AddCategory(null, "Drifted", scope: [floor.Departments["Desk"].Group]);
        Renamed = floor.Departments["Wall"].People[2];
        GuidTaken = Desk;
    }

    public WorldBuilder World { get; }

    public Floor Floor { get; }

    public ChatNode Desk { get; }

    /// <summary>Made in the new pool already, and changed there.</summary>
    public ChatNode Drifted { get; }

    public IReadOnlyList<ChatPrincipal> People { get; }

    /// <summary>Whose address an active stranger has in the new pool.</summary>
    public ChatPrincipal Renamed { get; }

    /// <summary>The room whose identity the new pool has already.</summary>
    public ChatNode GuidTaken { get; set; }

    public ChatNode Room(ChatNode? category, string name, Func<ChatNode, ChatNode>? change = null, Func<RoomMessages, RoomMessages>? messages = null, bool hasMembers = true)
    {
        var room = World.AddRoom(category, name, change);
        if (hasMembers)
        {
            World.Grant(room, RoleType.Member, People);
            World.Grant(room, RoleType.Manager, People.Take(1));
        }

        var made = Floor.Messages(room, People, ref _random, 40) with { FirstChatId = 1, PurgedAtEnd = 0 };
        World.Messages.Add(messages?.Invoke(made) ?? made);
        return room;
    }
}
