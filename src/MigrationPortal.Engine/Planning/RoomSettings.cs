using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Planning;

/// <summary>Invitations of a room: off, or as its category says; never on by itself. On below a category that is off is forced off.</summary>
internal static class RoomInvitations
{
    public static (bool? Value, Decision Decision) Decide(ChatNode room, bool categoryInvites, EffectiveSettings settings, string categoryPath)
    {
        var own = settings.Own(room, room.Invite);
        var old = Word(room.Invite);
        return own switch
        {
            false => (false, new("InviteOff", "Invitations", old, "off")),
            true when !categoryInvites => (false, new("InviteForcedOff", "Invitations", old, "off", categoryPath)),
            _ => (null, new("InviteInherit", "Invitations", old, "as its category", categoryPath)),
        };
    }

    private static string Word(bool? invite) => invite switch { true => "on", false => "off", null => "inherited" };
}

/// <summary>Persistent Chat has no topic; it is dropped, or kept in the description where both fit into 256 characters (trap 25).</summary>
internal static class RoomTopic
{
    public static (string Description, Decision? Decision) Decide(ChatNode room, PlanOptions options)
    {
        if (string.IsNullOrEmpty(room.Topic))
            return (room.Description, null);
        var together = room.Description.Length == 0 ? room.Topic : $"{room.Description} - {room.Topic}";
        return options.Topic == TopicRule.AppendToDescription && VisibleText.Raw(together).Length <= FinalNames.MaxLength
            ? (together, new("TopicAppended", "Topic", room.Topic, together, "Topic"))
            : (room.Description, new("TopicDropped", "Topic", room.Topic, null, options.Topic == TopicRule.Drop ? "Topic" : "longer than 256 together with the description"));
    }
}
