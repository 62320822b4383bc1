using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Presence;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Presence;

public sealed class PresenceGossipTests
{
    private const string Batch = "batch:12";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Enter_OnOneNode_IsShownOnTheOtherUntilItLeaves()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);

        var id = one.Store.Enter("circuit", Carla);
        await ShowsAsync(other, 1);
        one.Store.Leave(id);
        await ShowsAsync(other, 0);
    }

    [Fact]
    public async Task Start_OfAnotherNode_HearsAtOnceWhoIsThere()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await StartAsync(database, new FakeTimeProvider());
        one.Store.Enter("circuit", Carla);
        await Eventually.TrueAsync(() => Ticked(one, () => one.Gossip.SentCount > 0 && !one.Gossip.IsAsked));

        await using var newcomer = await StartAsync(database);
        await Eventually.TrueAsync(() => Ticked(newcomer, () => one.Gossip.IsAsked));
        // Far less than the interval of snapshots.
        one.Time.Advance(PresenceGossip.SendInterval);

        await Eventually.TrueAsync(() => Task.FromResult(newcomer.Store.List(Batch).Count == 1));
    }

    [Fact]
    public async Task Stop_OfANode_TakesItsPeopleAtOnce_AndKillAfter25Seconds()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var watching = await StartAsync(database);
        await using (var stopped = await StartAsync(database))
        {
            stopped.Store.Enter("circuit", Carla);
            await ShowsAsync(watching, 1);
        }

        await Eventually.TrueAsync(() => Task.FromResult(watching.Store.List(Batch).Count == 0));

        await using var killed = await StartAsync(database, new FakeTimeProvider());
        killed.Store.Enter("circuit", Carla);
        await Eventually.TrueAsync(() => Ticked(killed, () => watching.Store.List(Batch).Count == 1));
        // Its clock stands, as that of a dead process.
        var heardAt = _time.GetUtcNow();
        await ShowsAsync(watching, 0);
        Assert.True(_time.GetUtcNow() - heardAt >= OtherNodes.LongestSilence);
    }

    [Fact]
    public async Task CutOff_NodesComeBack_OwnPeopleAloneAreShownUntilThen()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        one.Store.Enter("circuit", Carla);
        other.Store.Enter("circuit", Carla with { Person = "omar" });
        await ShowsAsync(other, 2);

        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%portal_presence%'");

        await Eventually.TrueAsync(() => Task.FromResult(other.Store.IsCutOff && other.Store.List(Batch).Single().Person == "omar"));
        await ShowsAsync(other, 2);
        Assert.False(other.Store.IsCutOff);
    }

    [Fact]
    public async Task Gossip_OfMany_WritesNoRow()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        const string Writes = "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint from pg_stat_user_tables";
        var before = await database.ScalarAsync<long>(Writes);
        for (var i = 0; i < 200; i++)
            one.Store.Enter($"circuit{i}", Carla with { Person = $"person{i}" });

        await ShowsAsync(other, 200);

        await database.ExecuteAsync("select pg_stat_force_next_flush(), pg_stat_clear_snapshot()");
        Assert.Equal(before, await database.ScalarAsync<long>(Writes));
    }

    private PresenceEntry Carla => new("carla", "Carla", Batch, null, _time.GetUtcNow(), false);

    private Task<Node> StartAsync(TestDatabase database, FakeTimeProvider? time = null) => Node.StartAsync(database, time ?? _time);

    private static Task ShowsAsync(Node node, int count) => Eventually.TrueAsync(() => Ticked(node, () => node.Store.List(Batch).Count == count));

    private static Task<bool> Ticked(Node node, Func<bool> condition)
    {
        if (condition())
            return Task.FromResult(true);
        node.Time.Advance(PresenceGossip.SendInterval);
        return Task.FromResult(false);
    }

    private sealed class Node(ServiceProvider services, PresenceGossip gossip, FakeTimeProvider time) : IAsyncDisposable
    {
        public PresenceStore Store { get; } = services.GetRequiredService<PresenceStore>();

        public PresenceGossip Gossip => gossip;

        public FakeTimeProvider Time => time;

        public static async Task<Node> StartAsync(TestDatabase database, FakeTimeProvider time)
        {
            var services = new ServiceCollection()
                .AddLogging()
                .AddSingleton<TimeProvider>(time)
                .AddSingleton<PresenceStore>()
                .AddDbContextFactory<PortalDbContext>(options => PortalDatabase.Configure(options, database.ConnectionString))
                .BuildServiceProvider();
            var gossip = new PresenceGossip(services.GetRequiredService<PresenceStore>(), services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), time, NullLogger<PresenceGossip>.Instance);
            await gossip.StartAsync(CancellationToken.None);
            return new(services, gossip, time);
        }

        public async ValueTask DisposeAsync()
        {
            await gossip.StopAsync(CancellationToken.None);
            gossip.Dispose();
            await services.DisposeAsync();
        }
    }
}
