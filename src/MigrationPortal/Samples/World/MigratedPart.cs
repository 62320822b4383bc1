using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>What the new pool holds before anybody opens the portal: a first wave moved by hand, and a pilot.</summary>
internal static class MigratedPart
{
    /// <param name="categories">The first-level categories whose regular rooms were moved.</param>
    /// <param name="different">How many of them somebody has touched since.</param>
    public static SampleSide Of(SampleSide legacy, IReadOnlyList<string> categories, int different)
    {
        var builder = new NewSideBuilder();
        var parents = legacy.Pool.Nodes.Where(x => x.IsCategory && x.ParentId == WorldBuilder.RootId && categories.Contains(x.Name)).ToDictionary(x => x.NodeId, x => x.Name);
        // Regular rooms bear the name of their category; the awkward ones stay for the portal.
        var moved = legacy.Pool.Nodes.Where(x => !x.IsCategory && parents.TryGetValue(x.ParentId!.Value, out var name) && x.Name.StartsWith($"{name} ", StringComparison.Ordinal));
        builder.Migrate(legacy, moved.Select(x => x.Guid).ToHashSet());

        var rooms = builder.Rooms.OrderBy(x => x.NodeId).ToList();
        var newcomer = builder.AddPerson("Priya Raman", "sip:priya.raman@contoso.com");
        for (var i = 0; i < rooms.Count; i++)
        {
            if (i < different)
                Touch(builder, rooms[i], i, newcomer);
            else if (i < different + 3)
                // People went on talking: no difference, "+n since".
                builder.Change(rooms[i], x => x with { Since = 4 + i });
        }

        var pilot = builder.AddNode(null, "Pilot");
        foreach (var name in (string[])["Lync pilot", "Pilot feedback", "Pilot open house"])
        {
            var room = builder.AddNode(pilot, name, name.EndsWith("house", StringComparison.Ordinal) ? "open" : "scope");
            builder.Grant(room, RoleType.Member, newcomer);
            builder.AddMessages(room, new() { NodeId = 0, Seed = name, Count = 25, Authors = [newcomer.PrincipalId], From = SampleClock.Today.AddDays(-15), To = SampleClock.Today });
        }

        return builder.Build();
    }

    private static void Touch(NewSideBuilder builder, ChatNode room, int how, ChatPrincipal newcomer)
    {
        switch (how % 6)
        {
            case 0: builder.Change(room with { Description = "Edited in the new pool" }); break;
            case 1: builder.RemoveOneMember(room); break;
            case 2: builder.Grant(room, RoleType.Manager, newcomer); break;
            case 3: builder.Change(room, x => x with { Missing = x.Count / 2 }); break;
            case 4: builder.Change(room with { Visibility = "open" }); break;
            default: builder.Change(room with { Name = room.Name + " (new)" }); break;
        }
    }
}
