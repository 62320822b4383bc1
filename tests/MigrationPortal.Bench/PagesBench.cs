using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Bench;

/// <summary>Pages in a real Chromium over a large pool: bytes and time of each, then the bytes that a moving run sends to its page.</summary>
internal static class PagesBench
{
    /// <summary>The address of any page but the sign-in.</summary>
    public static Regex SignedIn { get; } = new("^(?!.*/signin)", RegexOptions.None, TimeSpan.FromSeconds(1));

    private const int Rooms = 9_000;

    // Bounds; the reference column names them.
    private const double PageMilliseconds = 1_000;
    private const double PlanSeconds = 10;
    private const double PageKilobytes = 300;
    private const double LiveKilobytes = 5;
    private const double FewRowsBytes = 1_000;

    private static readonly TimeSpan _watched = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await LargePools.CreateAsync(server);
        await using var portal = await InventoryBench.StartAsync(server);
        await InventoryBench.ScanAsync(portal);
        await ExportsBench.RunAsync(new Uri(portal.Urls.First()));
        var (batch, run) = await RunningAsync(portal);
        var room = await server.CountAsync("bench_portal", "portal.rooms");
        using var proxy = new CountingProxy(new Uri(portal.Urls.First()));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Whole,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var page = await browser.NewPageAsync(new() { BaseURL = proxy.Address.ToString() });
        await page.GotoAsync("/signin");
        await page.Locator("button[value=operator]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(SignedIn);
        await OpenAsync(page, proxy, $"/runs/{run}");
        var moving = new MovingRun(portal, run, (await portal.Services.GetRequiredService<RunPictures>().FindAsync(run, CancellationToken.None))!);
        // The first change begins the run; what follows is what each second costs.
        moving.Begin();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var quiet = await BytesAsync(proxy, () => { });
        var few = await BytesAsync(proxy, moving.ChangeFive);
        var many = await BytesAsync(proxy, moving.GoOn);
        moving.LargestFirst();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var largest = await BytesAsync(proxy, moving.GoOn);
        BenchTable.Print("five rows of a run, each second", few - quiet, FewRowsBytes, "B/s");
        BenchTable.Print($"page of a run of {Rooms} small rooms, 40 a second", many / 1024, LiveKilobytes, "KB/s");
        BenchTable.Print("the same, the largest rooms first", largest / 1024, LiveKilobytes, "KB/s");

        foreach (var (name, address) in new[]
        {
            ("overview", "/"), ("rooms", "/rooms?pair=large"), ("room", $"/rooms/{room}"), ("batches", "/batches?pair=large"),
            ("batch", $"/batches/{batch}?tab=rooms&pair=large"), ("batch, review", $"/batches/{batch}?pair=large"), ("batch, plan", $"/batches/{batch}?tab=plan&pair=large"), ("inbox", "/inbox?pair=large"), ("run", $"/runs/{run}"), ("people", "/people?pair=large"),
        })
        {
            var opened = new List<(double Milliseconds, double Kilobytes)>();
            // The first compiles what the others run.
            for (var round = 0; round < 4; round++)
                opened.Add(await OpenAsync(page, proxy, address));
            BenchTable.Print($"page {name}", opened[1..].Select(x => x.Kilobytes).Order().ElementAt(1), PageKilobytes, "KB");
            BenchTable.Print($"page {name}", opened[1..].Select(x => x.Milliseconds).Order().ElementAt(1), PageMilliseconds, "ms");
        }

        await portal.StopAsync();
        return 0;
    }

    private static async Task<(double Milliseconds, double Kilobytes)> OpenAsync(IPage page, CountingProxy proxy, string address)
    {
        await page.GotoAsync("about:blank");
        var assets = new ConcurrentBag<Task<RequestSizesResult>>();
        page.RequestFinished += Count;
        var (start, before) = (Stopwatch.GetTimestamp(), proxy.Sent);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        // Everything is read, and what is shown can be used.
        await page.WaitForFunctionAsync("() => document.readyState === 'complete' && document.querySelector('h1') && !document.querySelector('[aria-busy=true]:not([role=progressbar])')");
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        // What comes after that belongs to the page as well: icons, the first news.
        await Task.Delay(TimeSpan.FromSeconds(1));
        page.RequestFinished -= Count;
        var cached = (await Task.WhenAll(assets)).Sum(x => (long)x.ResponseBodySize + x.ResponseHeadersSize);
        return (milliseconds, (proxy.Sent - before - cached) / 1024.0);

        // Scripts, styles and fonts are cached for good; but in Development they are sent again.
        void Count(object? sender, IRequest request)
        {
            if (request.ResourceType is "script" or "stylesheet" or "font" or "image")
                assets.Add(request.SizesAsync());
        }
    }

    /// <returns>Bytes a second.</returns>
    private static async Task<double> BytesAsync(CountingProxy proxy, Action change)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), proxy.Sent);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Stopwatch.GetElapsedTime(start) < _watched)
        {
            change();
            await timer.WaitForNextTickAsync();
        }

        return (proxy.Sent - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<(long Batch, long Run)> RunningAsync(WebApplication portal)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var batch = new Batch { PoolPairId = "large", Name = "Wave 1", State = BatchState.Draft, Author = "planner", CreatedAt = now };
        db.Add(batch);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"insert into portal.batch_rooms (batch_id, room_id, is_open) select {batch.Id}, id, true from portal.rooms order by id limit {Rooms}");
        var start = Stopwatch.GetTimestamp();
        var plan = await portal.Services.GetRequiredService<PlanBatchHandler>().HandleAsync(new PlanBatch(batch.Id), CancellationToken.None);
        if (!plan.IsDone)
            throw new InvalidOperationException(plan.Refusal.Message);
        BenchTable.Print($"plan of a batch of {Rooms} rooms", Stopwatch.GetElapsedTime(start).TotalSeconds, PlanSeconds, "s");
        await db.Set<Batch>().Where(x => x.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.Paused));
        // Paused, so that no job of this portal takes the run up: its plan is empty.
        var run = new Run { BatchId = batch.Id, PlanId = 0, State = RunState.Paused, StartedBy = "operator", StartedAt = now };
        db.Add(run);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.room_transfers (run_id, room_id, guid, ordinal, room_name, state, copied_message_count, total_message_count, verified_message_count, copied_byte_count, copied_file_count, total_file_count, copied_file_byte_count, finding_count, revision)
            select {run.Id}, id, guid, row_number() over (order by id) - 1, 'Room ' || id, 'Pending', 0, 20, 0, 0, 0, 0, 0, 0, 0 from portal.rooms order by id limit {Rooms}
            """);
        return (batch.Id, run.Id);
    }
}
