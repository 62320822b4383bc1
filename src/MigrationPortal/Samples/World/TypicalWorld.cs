using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>A bank's trading floor: about 400 rooms and 200 000 messages, part of it already moved.</summary>
internal static class TypicalWorld
{
    public const string Name = "Contoso (sample)";

    private const int PeoplePerDepartment = 75;

    public static SampleWorld Make()
    {
        var builder = new WorldBuilder("typical");
        var floor = Floor.Staff(builder, TypicalDesks.Departments, PeoplePerDepartment);
        // One person manages everything; a root manager is the documented trap that people know best.
        builder.Grant(builder.Nodes.First(), RoleType.Manager, [floor.Administrator]);
        foreach (var desk in TypicalDesks.Desks)
            AddDesk(builder, floor, desk);
        AwkwardRooms.AddTo(builder, floor);
        var legacy = builder.Build();
        return new("typical", Name, legacy, MigratedPart.Of(legacy, ["Corporate", "Social"], 7));
    }

    private static void AddDesk(WorldBuilder builder, Floor floor, Desk desk)
    {
        var random = new SampleRandom(SampleGuid.Seed(desk.Path));
        var parent = desk.Path.LastIndexOf('/') is > 0 and var cut ? floor.Categories[desk.Path[..cut]] : null;
        var department = floor.Departments[desk.Department];
        var category = builder.AddCategory(
            parent, desk.Path[(desk.Path.LastIndexOf('/') + 1)..], x => x with { Description = $"Rooms of {desk.Path.Replace("/", ", ", StringComparison.Ordinal)}", Invite = parent is null ? true : null },
            desk.HasOwnScope ? new[] { department.Group, floor.Departments["Compliance"].Group }.Distinct() : null);
        floor.Categories[desk.Path] = category;
        builder.Grant(category, RoleType.Manager, [department.People[random.Next(12)]]);
        if (parent is null)
            builder.Grant(category, RoleType.Member, [department.Group]);

        var count = 9 + random.Next(6);
        var first = random.Next(TypicalDesks.Subjects.Length);
        for (var i = 0; i < count; i++)
        {
            var subject = TypicalDesks.Subjects[(first + i) % TypicalDesks.Subjects.Length];
            // Names of rooms below the first level get their path as a prefix; here the name itself must tell whose it is.
            AddRoom(builder, department, category, parent is null ? $"{category.Name} {subject}" : subject, desk.Path, ref random);
        }
    }

    private static void AddRoom(WorldBuilder builder, Department department, ChatNode category, string name, string path, ref SampleRandom random)
    {
        var people = department.Sample(ref random, 4 + random.Next(20));
        var isAuditorium = random.Chance(6);
        var isPrivate = random.Chance(15);
        var hasTopic = random.Chance(12);
        var isDisabled = random.Chance(4);
        var room = builder.AddRoom(category, name, x => x with
        {
            Description = $"{name} of {path.Replace("/", ", ", StringComparison.Ordinal)}",
            Topic = hasTopic ? "Read the house rules before posting" : "",
            Visibility = isPrivate ? "private" : null,
            Behavior = isAuditorium ? "auditorium" : "normal",
            Disabled = isDisabled,
            AddedBy = people[0].PrincipalId,
        });
        builder.Grant(room, RoleType.Member, people);
        builder.Grant(room, RoleType.Manager, people.Take(1 + random.Next(2)));
        if (isAuditorium)
            builder.Grant(room, RoleType.Voiced, people.Take(2));
        builder.Messages.Add(Floor.Messages(room, people, ref random, 60 + (random.Next(36) * random.Next(36)) + (random.Chance(4) ? 6_000 : 0)));
    }
}
