using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

/// <summary>A pool of the size of Microsoft's capacity model: two levels of categories, people of twenty departments, a few thousand rooms moved already.</summary>
internal static class LargeWorld
{
    public const string Name = "Northwind (sample)";

    private const int Departments = 20;
    private const int PeoplePerDepartment = 400;
    private const int RoomsPerCategory = 60;

    public static SampleWorld Make(string id, ChatProduct product, int rooms, long messages)
    {
        var builder = new WorldBuilder(id);
        var names = Enumerable.Range(1, Departments).Select(x => string.Create(CultureInfo.InvariantCulture, $"Department {x:D2}")).ToList();
        var floor = Floor.Staff(builder, names, PeoplePerDepartment);
        builder.Grant(builder.Nodes.First(), RoleType.Manager, [floor.Administrator]);
        var tops = names.ToDictionary(name => name, name => builder.AddCategory(null, name, x => x with { Invite = true }));
        foreach (var name in names)
            builder.Grant(tops[name], RoleType.Member, [floor.Departments[name].Group]);
        var random = new SampleRandom(SampleGuid.Seed("large"));
        var (category, department) = (tops[names[0]], names[0]);
        for (var i = 0; i < rooms; i++)
        {
            if (i % RoomsPerCategory == 0)
            {
                var number = i / RoomsPerCategory;
                department = names[number % Departments];
                // Every fifth shelf stands on the first level; there the name of the room must tell whose it is.
                category = number % 5 == 0 ? tops[department] : builder.AddCategory(tops[department], string.Create(CultureInfo.InvariantCulture, $"Team {number:D4}"));
                builder.Grant(category, RoleType.Manager, floor.Departments[department].Sample(ref random, 1));
            }

            AddRoom(builder, floor.Departments[department], category, i, PerRoom(messages, rooms, i), ref random);
        }

        var legacy = builder.Build();
        return new(id, Name, legacy, Moved(legacy, tops[names[0]]), product);
    }

    private static void AddRoom(WorldBuilder builder, Department department, ChatNode category, int i, long messages, ref SampleRandom random)
    {
        var people = department.Sample(ref random, 6);
        var isAuditorium = random.Chance(4);
        var isPrivate = random.Chance(10);
        var room = builder.AddRoom(category, string.Create(CultureInfo.InvariantCulture, $"Room {i:D5}"), x => x with
        {
            Description = $"Room {i.ToString(CultureInfo.InvariantCulture)} of {category.Name}", Visibility = isPrivate ? "private" : null, Behavior = isAuditorium ? "auditorium" : "normal",
        });
        builder.Grant(room, RoleType.Member, people);
        builder.Grant(room, RoleType.Manager, people.Take(1));
        if (isAuditorium)
            builder.Grant(room, RoleType.Voiced, people.Take(2));
        if (messages > 0)
            builder.Messages.Add(Floor.Messages(room, people, ref random, messages));
    }

    // Three rooms in four hold a quarter of the messages: real pools are not even either.
    private static long PerRoom(long messages, int rooms, int i)
    {
        var quiet = messages / 4 / Math.Max(1, rooms * 3 / 4);
        var busy = (messages - (messages / 4)) / Math.Max(1, rooms / 4);
        return i % 4 == 0 ? busy : quiet;
    }

    private static SampleSide Moved(SampleSide legacy, ChatNode category)
    {
        var builder = new NewSideBuilder();
        builder.Migrate(legacy, legacy.Pool.Nodes.Where(x => !x.IsCategory && x.ParentId == category.NodeId).Select(x => x.Guid).ToHashSet());
        return builder.Build();
    }
}
