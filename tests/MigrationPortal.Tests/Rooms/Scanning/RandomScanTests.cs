using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Engine.Files;
using MigrationPortal.Tests.Engine.Properties;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Rooms.Scanning;

/// <summary>
/// Random damage in both pools and the file store, met by the portal itself: every scan ends, into the inventory or with one sentence;
/// what preflight lets pass is submitted, approved and run to its end, all over the API.
/// </summary>
public sealed class RandomScanTests(ITestOutputHelper output)
{
    // One portal has them all: each takes two databases and connections to them.
    private const int MostPairs = 40;

    private static readonly string[] _ended = ["Completed", "Failed", "CompletedWithFindings", "Cancelled"];

    [Fact]
    public async Task ScanAndRun_DamagedPoolsAndStores_EndAndNameWhatStays()
    {
        var (settings, worlds) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<World>());
        try
        {
            for (var i = 0; i < Math.Min(RandomDamage.Rounds, MostPairs); i++) worlds.Add(await World.CreateAsync(i, TestSeed.Draw(output, i), settings));
            await using var portal = await PortalApp.StartAsync(settings);
            using var people = new People(portal);
            var failures = new List<string>();
            foreach (var world in worlds)
            {
                try
                {
                    await PlayAsync(people, world);
                }
                catch (Exception failure)
                {
                    failures.Add($"TEST_SEED={world.Seed}\n{string.Join('\n', world.Damage.Done)}\n{failure}");
                }
            }

            Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        }
        finally
        {
            foreach (var world in worlds) await world.DisposeAsync();
        }
    }

    private async Task PlayAsync(People people, World world)
    {
        var before = await NewPoolRows.ListAsync(world.Pools.Legacy);
        await people.Planner.PostAsync($"pool-pairs/{world.Pair}/scans");
        var scan = await UntilAsync(() => people.Planner.GetAsync($"pool-pairs/{world.Pair}/scans/latest"), _ended);
        if (scan.GetProperty("state").GetString() == "Failed")
        {
            output.WriteLine(scan.GetProperty("error").GetString());
            // One sentence about a lookup that nobody can guess; anything unexpected would ask to look into the log.
            Assert.DoesNotContain("unexpectedly", scan.GetProperty("error").GetString(), StringComparison.Ordinal);
            return;
        }

        var rooms = Ids((await people.Planner.GetAsync($"pool-pairs/{world.Pair}/rooms?comparison=OnlyLegacy&take=1000")).GetProperty("items"), "id");
        if (rooms.Count == 0) return;
        var blocked = await BlockedAsync(people, world, rooms, "look");
        output.WriteLine($"{rooms.Count} rooms, {blocked?.Count.ToString(CultureInfo.InvariantCulture) ?? "all"} blocked");
        if (blocked is null || blocked.Count == rooms.Count) return;
        var batch = await people.CreateAsync(world.Pair, "run", [.. rooms.Except(blocked)]);
        Assert.Empty((await BlockersAsync(people, batch)).Select(x => x.ToString()));
        await people.ApproveAsync(batch);
        var run = (await people.Operator.PostAsync($"batches/{batch}/start")).GetProperty("runId").GetString();
        var end = await UntilAsync(() => people.Operator.GetAsync($"runs/{run}"), _ended);

        Assert.True(end.GetProperty("state").GetString() == "Completed", end.ToString());
        Assert.Equal(before, await NewPoolRows.ListAsync(world.Pools.Legacy));
    }

    /// <summary>Null where the pool as a whole is blocked.</summary>
    private static async Task<IReadOnlySet<string>?> BlockedAsync(People people, World world, IReadOnlyList<string> rooms, string name)
    {
        var batch = await people.CreateAsync(world.Pair, name, rooms);
        var blockers = await BlockersAsync(people, batch);
        Assert.All(blockers, x => Assert.EndsWith(".", x.GetProperty("message").GetString(), StringComparison.Ordinal));
        await people.DeleteAsync(batch);
        return blockers.Exists(x => x.GetProperty("roomId").ValueKind == JsonValueKind.Null) ? null : Ids(blockers, "roomId").ToHashSet();
    }

    private static async Task<List<JsonElement>> BlockersAsync(People people, string batch) =>
        [.. (await people.Planner.GetAsync($"batches/{batch}/preflight?take=1000")).GetProperty("items").EnumerateArray().Where(x => x.GetProperty("severity").GetString() == "Blocker")];

    private static List<string> Ids(JsonElement items, string property) => Ids(items.EnumerateArray(), property);

    private static List<string> Ids(IEnumerable<JsonElement> items, string property) => [.. items.Select(x => x.GetProperty(property).GetString()!).Distinct()];

    private static Task<JsonElement> UntilAsync(Func<Task<JsonElement>> read, string[] states) =>
        Eventually.IsAsync(read, x => states.Contains(x.GetProperty("state").GetString()));

    private sealed class People(PortalApp portal) : IDisposable
    {
        public ApiTalk Planner { get; } = new(portal.Address, "planner");

        public ApiTalk Operator { get; } = new(portal.Address, "operator");

        private readonly ApiTalk _approver = new(portal.Address, "approver");

        public async Task<string> CreateAsync(string pair, string name, IReadOnlyList<string> roomIds) =>
            (await Planner.PostAsync("batches", new { poolPairId = pair, name, roomIds })).GetProperty("id").GetString()!;

        public async Task DeleteAsync(string batch)
        {
            using var client = portal.ClientFor("planner");
            using var gone = await client.DeleteAsync(new Uri($"api/v1/batches/{batch}", UriKind.Relative));
            Assert.True(gone.IsSuccessStatusCode);
        }

        public async Task ApproveAsync(string batch)
        {
            var fingerprint = (await Planner.PostAsync($"batches/{batch}/submit", new { acknowledgeWarnings = true })).GetProperty("fingerprint").GetString();
            await _approver.PostAsync($"batches/{batch}/approve", new { fingerprint });
        }

        public void Dispose()
        {
            Planner.Dispose();
            Operator.Dispose();
            _approver.Dispose();
        }
    }

    private sealed class World(int number, int seed, DamagedPools pools) : IAsyncDisposable
    {
        private readonly TemporaryDirectory _stores = new("stores");

        public string Pair { get; } = string.Create(CultureInfo.InvariantCulture, $"pair{number}");

        public int Seed => seed;

        public DamagedPools Pools => pools;

        public RandomDamage Damage { get; } = new(new Random(seed));

        public static async Task<World> CreateAsync(int number, int seed, Dictionary<string, string> settings)
        {
            var random = new Random(seed);
            var product = random.Next(2) == 0 ? ChatProduct.LyncGroupChat2010 : ChatProduct.OcsGroupChat2007R2;
            var world = new World(number, seed, await DamagedPools.CreateAsync(product, null, random));
            await world.FillStoreAsync(product, random);
            await world.Damage.DoAsync(world.Pools.Legacy, 1 + random.Next(8));
            await world.Damage.DoAsync(world.Pools.New, random.Next(4));
            await RandomDamage.UnlockAsync(world.Pools.New);
            world.Configure(settings, number, product);
            return world;
        }

        // Files that are there, missing, outside, folders and pipes, and links to all of them.
        private async Task FillStoreAsync(ChatProduct product, Random random)
        {
            var (legacy, target) = (Path.Combine(_stores.Path, "legacy"), Path.Combine(_stores.Path, "new"));
            Directory.CreateDirectory(target);
            StoreWorld.Put(legacy, StoreWorld.First, "first");
            StoreWorld.Put(legacy, StoreWorld.Second, new string('x', random.Next(50_000)));
            Directory.CreateDirectory(Path.Combine(legacy, "folder.xlsx"));
            File.CreateSymbolicLink(Path.Combine(legacy, "outside.xlsx"), "/etc/hostname");
            using (var made = Process.Start("mkfifo", [Path.Combine(legacy, "pipe.xlsx")])) await made.WaitForExitAsync();
            string[] links = [StoreWorld.First, StoreWorld.Second, "folder.xlsx", "outside.xlsx", "pipe.xlsx", "missing.pdf", "../../etc/passwd", "", new string('n', 400), "a%00b", "NUL"];
            var table = product == ChatProduct.OcsGroupChat2007R2 ? "Chat" : "tblChat";
            for (var i = 0; i < 12; i++)
                await Pools.Legacy.ExecuteAsync($"update {table} set content = 'ma-filelink:{links[random.Next(links.Length)]}' where ctid = (select ctid from {table} order by md5(ctid::text || '{random.Next()}') limit 1)");
        }

        private void Configure(Dictionary<string, string> settings, int i, ChatProduct product)
        {
            settings[$"PoolPairs:{i}:Id"] = Pair;
            settings[$"PoolPairs:{i}:Name"] = Pair;
            settings[$"PoolPairs:{i}:Legacy:Product"] = product.ToString();
            settings[$"PoolPairs:{i}:New:Product"] = nameof(ChatProduct.LyncPersistentChat2013);
            foreach (var (side, database) in new[] { ("Legacy", Pools.Legacy), ("New", Pools.New) })
            {
                settings[$"PoolPairs:{i}:{side}:Provider"] = "PostgreSql";
                settings[$"PoolPairs:{i}:{side}:ConnectionString"] = database.ConnectionString;
                settings[$"PoolPairs:{i}:{side}:FileStore"] = Path.Combine(_stores.Path, side.ToLowerInvariant());
            }
        }

        public async ValueTask DisposeAsync()
        {
            _stores.Dispose();
            await Pools.DisposeAsync();
        }
    }
}
