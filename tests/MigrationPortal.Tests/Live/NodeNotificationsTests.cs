using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Live;

public sealed class NodeNotificationsTests
{
    [Fact]
    public async Task Announce_OnOneNode_IsHeardOnTheOtherAndNotTwiceOnItsOwn()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await Node.StartAsync(database);
        await using var other = await Node.StartAsync(database);
        var here = one.Hear("batch:12");
        var there = other.Hear("batch:12");
        var elsewhere = other.Hear("batch:1");

        one.Feed.Announce("batch:12");

        await Eventually.TrueAsync(() => Task.FromResult(there.Count == 1 && here.Count == 1));
        other.Feed.Announce("batch:1");
        await Eventually.TrueAsync(() => Task.FromResult(elsewhere.Count == 1));
        Assert.Equal((1, 1), (here.Count, there.Count));
    }

    [Fact]
    public async Task CutOff_NodeComesBack_LooksAtEverythingAndHearsAgain()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await Node.StartAsync(database);
        await using var other = await Node.StartAsync(database);
        var heard = other.Hear("run:7");
        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%portal_live%'");

        await Eventually.TrueAsync(() => Task.FromResult(heard.Count >= 1));
        var before = heard.Count;
        await Eventually.TrueAsync(() =>
        {
            one.Feed.Announce("run:7");
            return Task.FromResult(heard.Count > before);
        });
    }

    [Fact]
    public async Task Announce_SendersConnectionWasCut_IsHeardOnce()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var one = await Node.StartAsync(database);
        await using var other = await Node.StartAsync(database);
        var first = other.Hear("batch:1");
        var heard = other.Hear("batch:12");
        one.Feed.Announce("batch:1");
        await Eventually.TrueAsync(() => Task.FromResult(first.Count == 1));
        Assert.Equal(1, await database.ScalarAsync<int>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query like '%pg_notify%' and pid <> pg_backend_pid()"));

        one.Feed.Announce("batch:12");

        await Eventually.TrueAsync(() => Task.FromResult(heard.Count > 0));
        other.Feed.Announce("batch:2");
        Assert.Equal((1, 1), (first.Count, heard.Count));
    }

    private sealed class Heard
    {
        public int Count { get; set; }
    }

    private sealed class Node(ServiceProvider services, NodeNotifications bridge) : IAsyncDisposable
    {
        public LiveFeed Feed { get; } = services.GetRequiredService<LiveFeed>();

        public static async Task<Node> StartAsync(TestDatabase database)
        {
            var services = new ServiceCollection()
                .AddLogging()
                .AddSingleton(TimeProvider.System)
                .AddSingleton<LiveFeed>()
                .AddDbContextFactory<PortalDbContext>(options => PortalDatabase.Configure(options, database.ConnectionString))
                .BuildServiceProvider();
            var feed = services.GetRequiredService<LiveFeed>();
            // A node that listens tells its own listeners to look at everything: from then on it hears.
            var listens = new TaskCompletionSource();
            using var subscription = feed.Subscribe("", () => Task.FromResult(listens.TrySetResult()));
            var bridge = new NodeNotifications(feed, services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), TimeProvider.System, NullLogger<NodeNotifications>.Instance);
            await bridge.StartAsync(CancellationToken.None);
            await listens.Task;
            return new(services, bridge);
        }

        public Heard Hear(string topic)
        {
            var heard = new Heard();
            Feed.Subscribe(topic, () =>
            {
                heard.Count++;
                return Task.CompletedTask;
            });
            return heard;
        }

        public async ValueTask DisposeAsync()
        {
            await bridge.StopAsync(CancellationToken.None);
            bridge.Dispose();
            await services.DisposeAsync();
        }
    }
}
