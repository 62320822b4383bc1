using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Live;

/// <summary>Pages and parts that follow changes: each is closed while it still loads, on a database that does not answer.</summary>
public sealed class LiveComponentTests
{
    private static readonly PoolPair Pair = new() { Id = "contoso", Name = "Contoso", LegacyName = "", NewName = "", LegacyProduct = "", NewProduct = "" };
    private static readonly BatchView Batch = new()
    {
        Batch = new() { Id = 1, PoolPairId = Pair.Id, Name = "Wave 1", State = BatchState.Draft, Author = "planner", CreatedAt = DateTimeOffset.UnixEpoch, Version = 0, BlockerCount = 0, OpenWarningCount = 0, ChangedAt = DateTimeOffset.UnixEpoch },
        Pair = Pair,
        Caller = Persona.Find("operator")!.ToCaller(),
        Parts = [],
        Findings = [],
    };

    private static readonly Type[] Components = [.. typeof(LiveComponent).Assembly.GetTypes().Where(x => x.IsSubclassOf(typeof(LiveComponent)) && !x.IsAbstract)];

    [Fact]
    public async Task Dispose_WhileItLoads_LeavesNoSubscription()
    {
        await using var world = await RunWorld.CreateAsync();
        var feed = world.Portal.Get<LiveFeed>();
        var boards = world.Portal.Get<RunFeed>();
        var before = feed.SubscriptionCount;
        Assert.NotEmpty(Components);
        foreach (var type in Components)
        {
            await using var context = PageContext.As(world.Portal, "operator");
            context.RenderTree.Add<CascadingValue<PoolPair>>(x => x.Add(cascaded => cascaded.Value, Pair));
            context.RenderTree.Add<CascadingValue<BatchView>>(x => x.Add(cascaded => cascaded.Value, Batch));
            await using (await SlowAsync(world.Portal.Database))
            {
                context.Render(builder =>
                {
                    builder.OpenComponent(0, type);
                    builder.AddMultipleAttributes(1, ParametersOf(type));
                    builder.CloseComponent();
                });
                Assert.True(feed.SubscriptionCount > before, $"{type.Name} loads and does not listen");
                await context.DisposeComponentsAsync();
                // The database does not answer yet: what the page began to read is given up.
                Assert.True(feed.SubscriptionCount == before || type == typeof(RunPart), $"{type.Name} is closed and still listens");
                await Eventually.TrueAsync(() => Task.FromResult(feed.SubscriptionCount == before && boards.BoardCount == 0));
            }

            // What was on its way arrives now, at a page that is gone.
            Assert.Equal((before, 0), (feed.SubscriptionCount, boards.BoardCount));
        }
    }

    [Fact]
    public void Feed_IsSubscribedByNoOtherComponent()
    {
        var others = typeof(LiveComponent).Assembly.GetTypes()
            .Where(x => typeof(IComponent).IsAssignableFrom(x) && x != typeof(LiveComponent))
            .Where(x => x.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly).Any(p => p.PropertyType == typeof(LiveFeed)));

        Assert.Empty(others);
    }

    // Every reading of a page waits for this lock; nothing else in the portal asks for these tables meanwhile but waits as well.
    private static async Task<NpgsqlConnection> SlowAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "begin; lock table portal.pool_pairs, portal.batches, portal.runs, portal.scans, portal.reviews, portal.room_verifications, portal.batch_events in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Dictionary<string, object> ParametersOf(Type type) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(x => x.GetCustomAttribute<ParameterAttribute>() is not null)
        .Select(x => (x.Name, Value: ValueOf(x)))
        .Where(x => x.Value is not null)
        .ToDictionary(x => x.Name, x => x.Value!, StringComparer.Ordinal);

    private static object? ValueOf(PropertyInfo parameter) => parameter.PropertyType switch
    {
        var type when type == typeof(long) => 1L,
        var type when type == typeof(string) => "contoso",
        var type when type == typeof(PoolPair) => Pair,
        _ => null,
    };
}
