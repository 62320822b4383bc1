using System.Text.Json;
using MigrationPortal.Engine;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Planning;

/// <summary>What becomes of a room depends on the whole legacy inventory, never on the batch it is in.</summary>
public sealed class BatchGroupingTests(ITestOutputHelper output)
{
    [Fact]
    public void Plan_RandomPoolsInRandomBatches_GiveEachRoomTheSamePlan()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var pool = RandomPool(random, out var rooms);
            var whole = pool.Plan();
            var cut = random.Next(1, rooms.Count);
            var parts = new[] { pool.Plan([.. rooms.Take(cut)]), pool.Plan([.. rooms.Skip(cut)]) };

            var together = whole.Plan.Rooms.ToDictionary(r => r.Guid, Json);
            var apart = parts.SelectMany(p => p.Plan.Rooms).ToDictionary(r => r.Guid, Json);
            Assert.Equal(together.OrderBy(r => r.Key), apart.OrderBy(r => r.Key));
            var categories = parts.SelectMany(p => p.Plan.Categories).Select(Json).ToHashSet();
            Assert.Equal(whole.Plan.Categories.Select(Json).Order(), categories.Order());
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static PoolBuilder RandomPool(Random random, out List<string> rooms)
    {
        var pool = new PoolBuilder();
        var people = Enumerable.Range(0, 8).Select(i => $"p{i}").ToList();
        people.ForEach(p => pool.Principal(p, random.Next(6) == 0 ? PrincipalType.FederatedUser : PrincipalType.User));
        pool.Principal("Wall", PrincipalType.Folder, "OU=Staff,DC=contoso,DC=com");
        var categories = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var parent = categories.Count == 0 || random.Next(3) == 0 ? null : categories[random.Next(categories.Count)];
            pool.Category($"c{i}", parent, n => n with { Invite = Maybe(random), Logged = Maybe(random), Inheritance = random.Next(5) == 0 });
            categories.Add($"c{i}");
            if (random.Next(4) == 0)
                pool.Scope($"c{i}", "Wall");
        }

        rooms = [];
        for (var i = 0; i < 12; i++)
        {
            pool.Room($"r{i}", categories[random.Next(categories.Count)], n => n with { Invite = Maybe(random), Logged = Maybe(random), FilePost = Maybe(random) });
            pool.Member($"r{i}", people[random.Next(people.Count)]);
            pool.Manager(categories[random.Next(categories.Count)], people[random.Next(people.Count)]);
            rooms.Add($"r{i}");
        }

        return pool;
    }

    private static bool? Maybe(Random random) => random.Next(3) switch { 0 => null, 1 => true, _ => false };
}
