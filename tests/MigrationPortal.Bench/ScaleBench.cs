using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Access;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Bench;

/// <summary>What is shown of a large pool beside what it may cost: a room of 50 000 people, a list of batches, and 200 viewers of one run.</summary>
internal static class ScaleBench
{
    private const int BatchRooms = 31_397;
    private const int Viewers = 200;
    private const int ChangesPerSecond = 10;

    // Bounds; the reference column names them.
    private const double PeopleMilliseconds = 300;
    private const double ListedAgainMilliseconds = 30_000;
    private const double ListMilliseconds = 100;
    private const double SearchMilliseconds = 300;
    private const double CorePercent = 1;

    private static readonly TimeSpan _watched = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await LargePools.CreateAsync(server);
        await server.ExecuteAsync("bench_legacy", LargePools.CrowdedRooms);
        await using var portal = await InventoryBench.StartAsync(server);
        await InventoryBench.ScanAsync(portal);
        using var client = ApiClient.Of(portal.Urls.First(), "viewer");

        var rooms = await FindAsync(client, "pool-pairs/large/rooms?search=Crowded");
        var crowded = rooms[0];
        BenchTable.Print("people of a room of 50000, first opening, worst", await OpenAsync(client, rooms), PeopleMilliseconds, "ms");
        await SetOptionsAsync(portal, x => x with { OutOfScope = OutOfScope.Admit });
        BenchTable.Print("the same right after the pair's options changed", await OpenAsync(client, rooms), PeopleMilliseconds, "ms");
        await TransferAsync(portal, rooms, missing: 0);
        BenchTable.Print("the same right after they were migrated", await OpenAsync(client, rooms), PeopleMilliseconds, "ms");
        BenchTable.Print("people of a room of 50000, page, p95", await MeasureAsync(client, $"rooms/{crowded}/people?take=100"), PeopleMilliseconds, "ms");
        BenchTable.Print("the tab with them, rendered, p95", await TabAsync(portal, crowded), PeopleMilliseconds, "ms");
        BenchTable.Print("people of the same room, last page, p95", await MeasureAsync(client, $"rooms/{crowded}/people?take=100&skip=49900"), PeopleMilliseconds, "ms");
        var changed = Stopwatch.GetTimestamp();
        await TransferAsync(portal, rooms, missing: 1);
        BenchTable.Print("five such rooms migrated otherwise, their rights alone", Stopwatch.GetElapsedTime(changed).TotalMilliseconds, ListedAgainMilliseconds, "ms");
        BenchTable.Print("people of them right after that", await OpenAsync(client, rooms), PeopleMilliseconds, "ms");
        var (batch, run) = await RunningAsync(portal);
        BenchTable.Print($"batches, one of {BatchRooms} rooms, p95", await MeasureAsync(client, "batches"), ListMilliseconds, "ms");
        var ofBatch = portal.Services.GetRequiredService<BatchRoomQueries>();
        BenchTable.Print($"search of {BatchRooms} rooms of a batch, p95", await BenchTable.P95Async(() => ofBatch.ListAsync(batch, new BatchRoomFilter { Search = "12" }, Paging.Of(0, null), CancellationToken.None)), SearchMilliseconds, "ms");
        await ChangeBench.RunAsync(portal, run);
        BenchTable.Print($"{Viewers} viewers of a run of {BatchRooms} rooms, each", await WatchAsync(portal, run), CorePercent, "%");
        await portal.StopAsync();
        return 0;
    }

    private static async Task<List<string>> FindAsync(HttpClient client, string query)
    {
        using var found = JsonDocument.Parse(await client.GetStringAsync(new Uri(query, UriKind.Relative)));
        return [.. found.RootElement.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetString()!)];
    }

    // Nothing is kept of a room that nobody has opened yet.
    private static async Task<double> OpenAsync(HttpClient client, List<string> rooms)
    {
        var worst = 0.0;
        foreach (var room in rooms)
        {
            var start = Stopwatch.GetTimestamp();
            await client.GetStringAsync(new Uri($"rooms/{room}/people?take=100", UriKind.Relative));
            worst = Math.Max(worst, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return worst;
    }

    private static async Task SetOptionsAsync(WebApplication portal, Func<PlanOptions, PlanOptions> change)
    {
        var pair = (await portal.Services.GetRequiredService<PoolPairQueries>().FindAsync("large", CancellationToken.None))!;
        var set = await portal.Services.GetRequiredService<SetPairOptionsHandler>().HandleAsync(new SetPairOptions("large", change(pair.Options)), new Caller("administrator", "Ada", new HashSet<Role> { Role.Administrator }), CancellationToken.None);
        if (!set.IsDone)
            throw new InvalidOperationException(set.Refusal.Message);
    }

    private static async Task TransferAsync(WebApplication portal, List<string> rooms, int missing)
    {
        foreach (var (index, room) in rooms.Index())
            await CrowdTransfers.WriteAsync(portal.Services, await ViewAsync(portal, room), newNodeId: 9_000_000 + index, missing);
    }

    private static async Task<RoomView> ViewAsync(WebApplication portal, string room) =>
        (await portal.Services.GetRequiredService<RoomQueries>().FindAsync(long.Parse(room, CultureInfo.InvariantCulture), CancellationToken.None))!;

    private static async Task<double> TabAsync(WebApplication portal, string room)
    {
        var view = await ViewAsync(portal, room);
        return await BenchTable.P95Async(async () =>
        {
            var viewer = new ViewerRenderer(portal.Services);
            await viewer.ShowAsync<RoomPeopleTab>(nameof(RoomPeopleTab.View), view);
            await viewer.CloseAsync();
        });
    }

    private static Task<double> MeasureAsync(HttpClient client, string address) =>
        BenchTable.P95Async(() => client.GetStringAsync(new Uri(address, UriKind.Relative)));

    private static async Task<(long Batch, long Run)> RunningAsync(WebApplication portal)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var batch = new Batch { PoolPairId = "large", Name = "Wave 1", State = BatchState.Draft, Author = "planner", CreatedAt = now };
        db.Add(batch);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"insert into portal.batch_rooms (batch_id, room_id, is_open) select {batch.Id}, id, true from portal.rooms order by id limit {BatchRooms}");
        var plan = await portal.Services.GetRequiredService<PlanBatchHandler>().HandleAsync(new PlanBatch(batch.Id), CancellationToken.None);
        if (!plan.IsDone)
            throw new InvalidOperationException(plan.Refusal.Message);
        await db.Set<Batch>().Where(x => x.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.Paused));
        // Paused, so that no job of this portal takes the run up: its plan is empty.
        var run = new Run { BatchId = batch.Id, PlanId = 0, State = RunState.Paused, StartedBy = "operator", StartedAt = now };
        db.Add(run);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.room_transfers (run_id, room_id, guid, ordinal, room_name, state, copied_message_count, total_message_count, verified_message_count, copied_byte_count, copied_file_count, total_file_count, copied_file_byte_count, finding_count, revision)
            select {run.Id}, id, guid, row_number() over (order by id) - 1, 'Room ' || id, 'Pending', 0, 20, 0, 0, 0, 0, 0, 0, 0 from portal.rooms order by id limit {BatchRooms}
            """);
        return (batch.Id, run.Id);
    }

    // All of this process, and it does nothing else meanwhile: reading, summing up, rendering and comparing what was rendered.
    private static async Task<double> WatchAsync(WebApplication portal, long runId)
    {
        var lines = (await portal.Services.GetRequiredService<RunPictures>().FindAsync(runId, CancellationToken.None))!.Transfers.ToList();
        var feed = portal.Services.GetRequiredService<RunFeed>();
        var viewers = new List<ViewerRenderer>();
        for (var i = 0; i < Viewers; i++)
        {
            viewers.Add(new ViewerRenderer(portal.Services));
            await viewers[^1].ShowAsync<RunPart>(nameof(RunPart.RunId), runId);
        }

        var idle = await CostAsync(_ => { });
        var busy = await CostAsync(i =>
        {
            // Half of what changes is on the first page of everybody.
            var at = i % 2 == 0 ? i % 200 : i * 97 % lines.Count;
            lines[at] = lines[at] with { State = TransferState.Copying, CopiedMessageCount = i, Revision = lines[at].Revision + 1 };
            feed.Publish(runId, null, [lines[at]]);
        });
        if (viewers.TrueForAll(x => x.Renders < 10))
            throw new InvalidOperationException("Nobody saw a change.");
        foreach (var viewer in viewers)
            await viewer.CloseAsync();
        return (busy - idle) * 100 / Viewers;
    }

    /// <returns>Cores that were busy.</returns>
    private static async Task<double> CostAsync(Action<int> change)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / ChangesPerSecond);
        for (var i = 0; Stopwatch.GetElapsedTime(start) < _watched; i++)
        {
            change(i);
            await timer.WaitForNextTickAsync();
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    }
}
