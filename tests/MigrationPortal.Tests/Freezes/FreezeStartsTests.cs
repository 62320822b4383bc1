using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Freezes;

/// <summary>
/// 200 starts of approved batches on two nodes against a freeze, all of them through their routes. What began before it and what did not, the audit says:
/// it is written in the order of commits. Runs begin, and no room is copied.
/// </summary>
public sealed class FreezeStartsTests
{
    private const int Rounds = 5;

    private const int Batches = 40;

    // So many have looked at the freeze, and not committed, when it comes; so many begin once it is answered.
    private const int Callers = 10;

    private static readonly Uri _freeze = new("api/v1/freeze", UriKind.Relative);

    [Fact]
    public async Task Put_WhileTwoHundredStart_NoneBeginsAfterItIsAnswered()
    {
        var (pool, rooms) = (new PoolBuilder().Principal("kim").Category("Trading"), Enumerable.Range(1, Batches).Select(x => string.Create(CultureInfo.InvariantCulture, $"Room {x}")).ToList());
        foreach (var room in rooms)
            pool.Room(room, "Trading").Member(room, "kim");
        await using var source = await RaceSource.CreateAsync(pool);
        await using var world = await StartAsync(pool);
        await source.ScanAsync(world, hasLee: false);
        var batches = new List<long>();
        foreach (var room in rooms)
        {
            batches.Add(await world.SubmittedAsync($"Wave of {room}", room));
            Done(await world.ApproveAsync(batches[^1], Anna));
        }

        await using var first = await source.StartNodeAsync(world);
        await using var second = await source.StartNodeAsync(world);
        using var freezer = second.ClientFor("operator");
        for (var round = 0; round < Rounds; round++)
        {
            var since = await world.Database.ScalarAsync<long>("select id from portal.audit_head");
            var answers = await StartAllAsync(world, [first, second], batches, freezer);
            await CheckAsync(world, answers, since);
            await LiftAsync(freezer);
            await ApproveAgainAsync(world);
        }

        Assert.Equal((Rounds, Rounds), (await world.AuditsAsync("FreezeSet"), await world.AuditsAsync("FreezeLifted")));
    }

    /// <returns>For each batch why it was not started; null where it was.</returns>
    private static async Task<IReadOnlyDictionary<long, string?>> StartAllAsync(BatchWorld world, PortalApp[] nodes, List<long> batches, HttpClient freezer)
    {
        var answers = new ConcurrentDictionary<long, string?>();
        using var one = new ApiTalk(nodes[0].Address, "operator");
        using var other = new ApiTalk(nodes[1].Address, "operator");
        async Task CallAsync(ApiTalk caller, ConcurrentQueue<long> left)
        {
            while (left.TryDequeue(out var batch))
                answers[batch] = await caller.TryPostAsync($"batches/{batch}/start");
        }

        Task[] Begin(IEnumerable<long> some)
        {
            var left = new ConcurrentQueue<long>(some);
            return [.. Enumerable.Range(0, Callers).Select(x => Task.Run(() => CallAsync(x % 2 == 0 ? one : other, left)))];
        }

        Task[] starts;
        Task<HttpResponseMessage> freeze;
        // No run is kept until it is let go.
        await using (await HeldTable.HoldAsync(world.Database, "portal.runs", "share"))
        {
            starts = Begin(batches.SkipLast(Callers));
            await Eventually.IsAsync(() => world.Database.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%insert into portal.runs%'"), x => x == Callers);
            freeze = freezer.PutAsJsonAsync(_freeze, new { reason = "change in the data center" });
            await Eventually.TrueAsync(async () => freeze.IsCompleted || await world.Database.IsWaitingAsync("portal.freezes"));
        }

        using var answer = await freeze;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var then = await CountRunsAsync(world);
        await Task.WhenAll(starts);
        await Task.WhenAll(Begin(batches.TakeLast(Callers)));

        Assert.Equal(then, await CountRunsAsync(world));
        Assert.All(batches.TakeLast(Callers), x => Assert.Equal("frozen", answers[x]));
        return answers;
    }

    private static async Task CheckAsync(BatchWorld world, IReadOnlyDictionary<long, string?> answers, long since)
    {
        await using var db = world.Database.OpenPortal();
        var told = await db.Set<AuditEntry>().AsNoTracking().Where(x => x.Id > since && (x.Action == "FreezeSet" || x.Action == "BatchRunStarted"))
            .OrderBy(x => x.Id).Select(x => x.Action == "FreezeSet" ? "" : x.Subject).ToListAsync();
        var (done, refused) = (answers.Where(x => x.Value is null).Select(x => x.Key).Order().ToList(), answers.Where(x => x.Value is not null).ToList());

        Assert.Equal("", told[^1]);
        Assert.Equal(done.Select(x => $"batch:{x}").Order(StringComparer.Ordinal), told.SkipLast(1).Order(StringComparer.Ordinal));
        Assert.All(refused, x => Assert.Equal("frozen", x.Value));
        Assert.Equal((Batches, true, true), (answers.Count, done.Count >= Callers, refused.Count >= Callers));
        Assert.Equal(string.Join(", ", done), await world.Database.ScalarAsync<string>("select string_agg(batch_id::text, ', ' order by batch_id) from portal.runs"));
        Assert.Equal(refused.Count, await world.Database.ScalarAsync<int>("select count(*) from portal.batches where state = 'Approved'"));
    }

    private static async Task LiftAsync(HttpClient freezer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, _freeze) { Content = JsonContent.Create(new { reason = "done" }) };
        using var answer = await freezer.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // As if what began had not: the same batches are started again in the next round.
    private static Task ApproveAgainAsync(BatchWorld world) => world.Database.ExecuteAsync("""
        delete from portal.room_transfers;
        delete from portal.runs;
        update portal.reviews set state = 'Approved' where state = 'Started';
        update portal.batches set state = 'Approved' where state = 'Running'
        """);

    private static Task<int> CountRunsAsync(BatchWorld world) => world.Database.ScalarAsync<int>("select count(*) from portal.runs");
}
