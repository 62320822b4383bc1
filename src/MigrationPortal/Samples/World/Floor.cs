using MigrationPortal.Engine;

namespace MigrationPortal.Samples.World;

internal sealed record Department(ChatPrincipal Group, IReadOnlyList<ChatPrincipal> People)
{
    /// <summary>Different people, the same ones for the same numbers.</summary>
    public IReadOnlyList<ChatPrincipal> Sample(ref SampleRandom random, int count)
    {
        var start = random.Next(People.Count);
        var stride = 1 + (2 * random.Next(5));
        return [.. Enumerable.Range(0, count).Select(i => People[(start + (i * stride)) % People.Count]).Distinct()];
    }
}

/// <summary>Who works here, and the categories made so far.</summary>
internal sealed record Floor(ChatPrincipal Administrator, Dictionary<string, Department> Departments, IReadOnlyList<ChatPrincipal> Departed)
{
    public Dictionary<string, ChatNode> Categories { get; } = new(StringComparer.Ordinal);

    public static Floor Staff(WorldBuilder builder, IEnumerable<string> departments, int people)
    {
        var administrator = builder.AddUser("Administrators");
        var made = new Dictionary<string, Department>(StringComparer.Ordinal);
        var departed = new List<ChatPrincipal>();
        foreach (var name in departments)
        {
            // The last of each dozen has left the bank.
            var staff = Enumerable.Range(1, people).Select(i => builder.AddUser(name, disabled: (short)(i % 12 == 0 ? 1 : 0))).ToList();
            departed.AddRange(staff.Where(x => x.Disabled != 0));
            made[name] = new(builder.AddGroup($"{name} staff", staff), staff);
        }

        return new(administrator, made, departed);
    }

    public static RoomMessages Messages(ChatNode room, IReadOnlyList<ChatPrincipal> authors, ref SampleRandom random, long count)
    {
        var from = SampleClock.Founded.AddDays(random.Next(700));
        var isPurged = random.Chance(8);
        return new()
        {
            NodeId = room.NodeId,
            Seed = $"messages:{room.Guid:D}",
            Count = count,
            FirstChatId = isPurged ? 1 + random.Next(5_000) : 1,
            PurgedAtEnd = isPurged ? random.Next(40) : 0,
            Authors = [.. authors.Select(x => x.PrincipalId)],
            From = from,
            To = from.AddDays(60 + random.Next((int)(SampleClock.Today - from).TotalDays - 60)),
        };
    }
}
