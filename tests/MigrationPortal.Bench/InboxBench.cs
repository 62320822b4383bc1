using System.Diagnostics;
using System.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Samples.ChatSchema;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Bench;

/// <summary>The inbox over HTTP with 500 batches and 40 people: read anew after a change, and as the next person finds it.</summary>
internal static class InboxBench
{
    private const int Batches = 500;
    private const int People = 40;
    private const int Rounds = 60;
    private const int MostPasses = 10;

    // Methods that a pass of all personas still has compiled; the first has 17 000.
    private const int Settled = 600;

    // The bound; the reference column names it.
    private const double Milliseconds = 50;

    private static readonly string[] _personas = ["approver", "operator", "planner", "administrator"];

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await server.CreateEmptyAsync("bench_legacy", ChatSchemas.Ddl(ChatProduct.LyncGroupChat2010));
        await server.CreateEmptyAsync("bench_new", ChatSchemas.Ddl(ChatProduct.LyncPersistentChat2013));
        await server.CreateEmptyAsync("bench_portal", "select 1");
        await using var portal = await InventoryBench.StartAsync(server);
        await FillAsync(portal);
        var feed = portal.Services.GetRequiredService<LiveFeed>();
        await WarmUpAsync(portal, feed);
        foreach (var persona in _personas)
        {
            var (first, next, work) = await MeasureAsync(portal, feed, persona);
            BenchTable.Print($"inbox, {Batches} batches, {persona}, after a change", BenchTable.P95(first), Milliseconds, "ms");
            // Says the same however busy the machine is.
            BenchTable.Print($"inbox, {Batches} batches, {persona}, processor time", work.Order().ElementAt(Rounds / 2), Milliseconds, "ms");
            BenchTable.Print($"inbox, {Batches} batches, {persona}, next person", BenchTable.P95(next), Milliseconds, "ms");
        }

        BenchTable.Print($"standing of a batch, {Batches} batches, {People} people, p95", await StandingAsync(portal), Milliseconds, "ms");
        await portal.StopAsync();
        return 0;
    }

    // A portal at work: the just-in-time compiler, which takes more than half of the time of a young process, has hardly anything left to do.
    private static async Task WarmUpAsync(WebApplication portal, LiveFeed feed)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            foreach (var persona in _personas)
                await MeasureAsync(portal, feed, persona);
            if (JitInfo.GetCompiledMethodCount() - compiled < Settled)
                return;
        }
    }

    private static async Task<double> StandingAsync(WebApplication portal)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var batch = await db.Set<Batch>().Where(x => x.State == BatchState.InReview).Select(x => x.Id).FirstAsync();
        using var client = ApiClient.Of(portal.Urls.First(), "approver");
        return await BenchTable.P95Async(() => client.GetStringAsync(new Uri($"batches/{batch}/standing", UriKind.Relative)));
    }

    private static async Task<(List<double> First, List<double> Next, List<double> Work)> MeasureAsync(WebApplication portal, LiveFeed feed, string persona)
    {
        using var client = ApiClient.Of(portal.Urls.First(), persona);
        var (first, next, work) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            feed.Announce("batch:1");
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            first.Add(await TimeAsync(client));
            work.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
            next.Add(await TimeAsync(client));
        }

        return (first, next, work);
    }

    private static async Task<double> TimeAsync(HttpClient client)
    {
        var start = Stopwatch.GetTimestamp();
        await client.GetStringAsync(new Uri("inbox?poolPairId=large", UriKind.Relative));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task FillAsync(WebApplication portal)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < People; i++)
        {
            db.Add(new Person
            {
                Source = PersonSource.Development,
                Key = $"person{i}",
                Name = $"person{i}",
                DisplayName = $"Person {i}",
                Memberships = new Memberships([], [i % 2 == 0 ? "Planner" : "Approver", "Operator"]),
                CheckedAt = now,
                LastSignedInAt = now,
            });
        }

        BatchState[] states = [BatchState.Draft, BatchState.InReview, BatchState.InReview, BatchState.Approved, BatchState.CompletedWithFindings];
        var batches = Enumerable.Range(0, Batches).Select(i => new Batch
        {
            PoolPairId = "large", Name = $"Wave {i}", State = i % 50 == 0 ? BatchState.Failed : states[i % states.Length], CreatedAt = now,
            // The personas have work of their own, too.
            Author = i % 10 == 0 ? "planner" : $"person{i % People / 2 * 2}", Fingerprint = "f",
        }).ToList();
        db.AddRange(batches);
        await db.SaveChangesAsync();
        foreach (var batch in batches)
        {
            db.AddRange(new[] { "Created", "RoomsChanged", "Planned", "Submitted" }.Select(kind => new BatchEvent { BatchId = batch.Id, At = now, By = batch.Author, Kind = kind }));
            if (batch.State is BatchState.InReview or BatchState.Approved)
            {
                db.Add(new Review
                {
                    BatchId = batch.Id, Kind = ReviewKind.Plan, Fingerprint = "f", SubmittedBy = batch.Author, SubmittedAt = now, Round = 1, PolicyVersion = 0, Facts = [],
                    OwnedCategories = [], Needed = 1, Needs = [], State = batch.State == BatchState.InReview ? ReviewState.Open : ReviewState.Approved,
                });
            }
        }

        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.decisions (review_id, batch_id, "by", at, verdict, fingerprint, person_id)
            select r.id, r.batch_id, p.name, {now}, 'Approve', 'f', p.id from portal.reviews r join portal.people p on p.name = 'person' || (1 + 2 * (r.id % 20)) where r.state = 'Approved'
            """);
        await db.Database.ExecuteSqlAsync($"analyze");
    }
}
