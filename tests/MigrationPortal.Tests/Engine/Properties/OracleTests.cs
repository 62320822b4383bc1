using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Properties;

/// <summary>Random pools, cut into batches at random, migrated for real: what stands in the new pool is what a second, naive implementation says.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Migrate_RandomPoolInRandomBatches_EqualsTheNaiveMigrationHoweverItIsCut(int round)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed} (round {round})");
        var random = new Random(seed);
        var pool = RandomPools.Make(random);
        await using var legacy = await TestDatabase.CreateLegacyAsync();
        await legacy.WriteLegacyAsync(pool);
        var read = ChatWorld.Done(await ChatPoolReader.ReadAsync(legacy.AsChat(ChatProduct.LyncGroupChat2010), null, CancellationToken.None));
        var rooms = await MovableAsync(legacy, read);
        var expected = new NaiveMigration(read with { Principals = pool.Principals }, rooms).Run();

        var once = await MigrateAsync(legacy, [rooms]);
        var cut = random.GetItems([0, 1, 2, 3], rooms.Count).Zip(Shuffled(random, rooms)).GroupBy(x => x.First).Select(x => x.Select(y => y.Second).ToHashSet()).ToList();
        var pieces = await MigrateAsync(legacy, cut);

        Assert.True(rooms.Count > 5, $"seed {seed}: only {rooms.Count} rooms could move.");
        AssertSame(expected, once, seed);
        AssertSame(expected, pieces, seed);
    }

    [Fact]
    public void Plan_ManyRandomPools_EqualTheNaiveMigration()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 150; i++)
        {
            var pool = RandomPools.Make(random);
            var all = pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
            var plan = Planner.Plan(new PlanRequest(pool, Empty, all, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Plan;
            var naive = new NaiveMigration(pool, all).Run();
            foreach (var room in plan.Rooms)
            {
                var words = naive[$"room {room.Guid}"].Split('|');
                Assert.True(room.Name == words[0] && Text(room.Members) == words[7] && Text(room.Managers) == words[8] && Text(room.Presenters) == words[9]
                    && plan.Categories.Single(x => x.Guid == room.Category).Name == words[6], $"seed {seed}, pool {i}, room {room.LegacyName}: {naive[$"room {room.Guid}"]}");
            }
        }
    }

    private static ChatPool Empty { get; } = new() { Nodes = [], Principals = [], Affiliations = [], Roles = [], Scopes = [], AddIns = [], Messages = [] };

    private static string Text(IEnumerable<Guid> guids) => string.Join(',', guids.Select(x => x.ToString("D")).Order(StringComparer.Ordinal));

    private static List<Guid> Shuffled(Random random, IReadOnlySet<Guid> rooms)
    {
        var list = rooms.Order().ToArray();
        random.Shuffle(list);
        return [.. list];
    }

    // Blocked rooms are somebody's decision, not the migration's.
    private static async Task<IReadOnlySet<Guid>> MovableAsync(TestDatabase legacy, ChatPool pool)
    {
        await using var target = await TestDatabase.CreateNewAsync();
        var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(target.AsChat(ChatProduct.LyncPersistentChat2013), null, CancellationToken.None));
        var all = pool.Nodes.Where(x => !x.IsCategory).Select(x => x.Guid).ToHashSet();
        var findings = Planner.Plan(new PlanRequest(pool, current, all, new PlanOptions(), new Dictionary<Guid, string>(), new HashSet<Guid>())).Findings;
        all.ExceptWith(findings.Where(x => x.Severity == Severity.Blocker).Select(x => x.Room!.Value));
        return all;
    }

    private static async Task<SortedDictionary<string, string>> MigrateAsync(TestDatabase legacy, IReadOnlyList<IReadOnlySet<Guid>> batches)
    {
        await using var target = await TestDatabase.CreateNewAsync();
        var (from, to) = (legacy.AsChat(ChatProduct.LyncGroupChat2010), target.AsChat(ChatProduct.LyncPersistentChat2013));
        var before = ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
        var written = new HashSet<Guid>();
        foreach (var batch in batches)
        {
            var pool = ChatWorld.Done(await ChatPoolReader.ReadAsync(from, null, CancellationToken.None));
            var current = ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None));
            var plan = Planner.Plan(new PlanRequest(pool, current, batch, new PlanOptions(), new Dictionary<Guid, string>(), written)).Plan;
            await WholeRun.RunAsync(from, to, plan, new MemoryJournal());
            written.UnionWith(plan.Rooms.Select(x => x.Guid).Concat(plan.Categories.Select(x => x.Guid)));
        }
        return MigratedPool.Of(ChatWorld.Done(await ChatPoolReader.ReadAsync(to, null, CancellationToken.None)), before);
    }

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> found, int seed)
    {
        var differences = expected.Keys.Union(found.Keys)
            .Where(key => expected.GetValueOrDefault(key) != found.GetValueOrDefault(key))
            .Select(key => $"{key}\n  expected {expected.GetValueOrDefault(key)}\n  found    {found.GetValueOrDefault(key)}").ToList();
        Assert.True(differences.Count == 0, $"seed {seed}\n{string.Join('\n', differences.Take(5))}");
    }
}
