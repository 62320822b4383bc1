using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>A dozen rooms, small enough to read whole.</summary>
internal static class TinyWorld
{
    public const string Name = "Fabrikam (sample)";

    private static readonly string[] Names = ["Standup", "Incidents", "Releases", "Lunch"];

    public static SampleWorld Make()
    {
        var builder = new WorldBuilder("tiny");
        var floor = Floor.Staff(builder, ["Helpdesk"], 14);
        var people = floor.Departments["Helpdesk"];
        var random = new SampleRandom(3);
        foreach (var path in (string[])["Office", "Helpdesk", "Helpdesk/Nights"])
        {
            var parent = path.Contains('/', StringComparison.Ordinal) ? floor.Categories["Helpdesk"] : null;
            var category = floor.Categories[path] = builder.AddCategory(parent, path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..], x => x with { Invite = parent is null ? true : null });
            builder.Grant(category, RoleType.Manager, people.People.Take(1));
            foreach (var name in Names)
            {
                var members = people.Sample(ref random, 6);
                var room = builder.AddRoom(category, parent is null ? $"{category.Name} {name}" : name, x => x with { Description = $"{name} of {path}" });
                builder.Grant(room, RoleType.Member, members);
                builder.Messages.Add(Floor.Messages(room, members, ref random, 20 + random.Next(200)) with { Special = name == "Lunch" ? SampleTexts.Hostile : new Dictionary<long, string>() });
            }
        }

        var legacy = builder.Build();
        return new("tiny", Name, legacy, MigratedPart.Of(legacy, ["Office"], 2));
    }
}
