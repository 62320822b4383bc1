using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Presence;
using MigrationPortal.Reviews;
using MigrationPortal.Rooms;

namespace MigrationPortal.Bench;

/// <summary>What one person does on one node, and when 20 pages that are open in a real Chromium on another node show it: a change, who is here, an approval that ends.</summary>
internal static class TeamBench
{
    private const int Pages = 20;
    private const int Rounds = 5;

    // Bounds; the reference column names them.
    private const double ChangeMilliseconds = 1_000;
    private const double PresenceMilliseconds = 2_000;
    private const double BannerMilliseconds = 2_000;

    // Tells by this machine's clock when the element has the text; what is there already was not waited for.
    private const string Watch = """
        ([selector, text]) => new Promise(done => {
            const look = () => {
                if (![...document.querySelectorAll(selector)].some(x => x.textContent.includes(text))) return;
                observer.disconnect();
                done(Date.now());
            };
            const observer = new MutationObserver(look);
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
            look();
        })
        """;

    private static readonly Caller _planner = new("planner", "Planner", new HashSet<Role> { Role.Planner });
    private static readonly Caller _approver = new("approver", "Approver", new HashSet<Role> { Role.Approver });

    public static async Task<int> RunAsync(string connectionString)
    {
        var server = new BenchServer(connectionString);
        await server.CreateEmptyAsync("bench_portal", "select 1");
        await using var shown = await StartAsync(server);
        await using var acting = await StartAsync(server);
        var (batch, room) = await CreateAsync(acting);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Whole,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var pages = await OpenAsync(browser, shown, batch);

        var rename = acting.Services.GetRequiredService<RenameBatchHandler>();
        BenchTable.Print($"another node's change on {Pages} open pages, p95", await P95Async(pages, "h1", round => $"Wave {round}", async name =>
            Check((await rename.HandleAsync(new RenameBatch(batch, name), _planner, CancellationToken.None)).Refusal)), ChangeMilliseconds, "ms");

        var presence = acting.Services.GetRequiredService<PresenceStore>();
        BenchTable.Print($"another node's person on {Pages} open pages, p95", await P95Async(pages, ".here", round => $"Person {round}", name =>
        {
            presence.Enter(name, new(name, name, string.Create(CultureInfo.InvariantCulture, $"batch:{batch}"), null, TimeProvider.System.GetUtcNow(), IsHidden: false));
            return Task.CompletedTask;
        }), PresenceMilliseconds, "ms");

        var edit = acting.Services.GetRequiredService<SetNewNameHandler>();
        BenchTable.Print($"an edit that ends an approval, told on {Pages} open pages, p95", await P95Async(
            pages,
            ".notice.lost",
            round => $"Room {round}",
            async name => Check((await edit.HandleAsync(new SetNewName(batch, room, name), _planner, CancellationToken.None)).Refusal),
            async () =>
            {
                await ApproveAsync(acting, batch);
                foreach (var page in pages)
                    await page.WaitForFunctionAsync("() => document.querySelector('.page-header').textContent.includes('Approved') && !document.querySelector('.notice.lost')");
            }), BannerMilliseconds, "ms");
        await acting.StopAsync();
        await shown.StopAsync();
        return 0;
    }

    /// <returns>From before the deed to what the pages show, of all pages in all rounds but the first, which compiles what the others run.</returns>
    private static async Task<double> P95Async(IReadOnlyList<IPage> pages, string selector, Func<int, string> textOf, Func<string, Task> act, Func<Task>? prepare = null)
    {
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            if (prepare is not null)
                await prepare();
            var text = textOf(round);
            var seen = pages.Select(page => page.EvaluateAsync<double>(Watch, new[] { selector, text })).ToList();
            // So that all of them are looking.
            foreach (var page in pages)
                await page.EvaluateAsync("1");
            var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await act(text);
            var at = await Task.WhenAll(seen);
            if (round > 0)
                times.AddRange(at.Select(x => x - start));
        }

        return BenchTable.P95(times);
    }

    private static async Task<IReadOnlyList<IPage>> OpenAsync(IBrowser browser, WebApplication portal, long batch)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = portal.Urls.First() });
        var pages = new List<IPage> { await context.NewPageAsync() };
        await pages[0].GotoAsync("/signin");
        await pages[0].Locator("button[value=approver]").ClickAsync();
        await Assertions.Expect(pages[0]).ToHaveURLAsync(PagesBench.SignedIn);
        while (pages.Count < Pages)
            pages.Add(await context.NewPageAsync());
        foreach (var page in pages)
        {
            await page.GotoAsync($"/batches/{batch}?tab=rooms");
            await page.WaitForFunctionAsync("() => document.querySelector('.here') && !document.querySelector('[aria-busy=true]')");
        }

        return pages;
    }

    private static async Task<WebApplication> StartAsync(BenchServer server)
    {
        var portal = await Program.BuildAsync(
        [
            "--environment=Development",
            // Whose scripts and styles are served.
            "--applicationName=MigrationPortal",
            "--urls=http://127.0.0.1:0",
            "--Samples:Load=tiny",
            "--Logging:LogLevel:Default=Error",
            $"--ConnectionStrings:Portal={server.At("bench_portal").Replace("Pooling=False", "Pooling=True", StringComparison.OrdinalIgnoreCase)}",
        ]);
        await portal.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(portal.Urls.First()) };
        var start = Stopwatch.GetTimestamp();
        while ((await http.GetAsync("/health/ready")).StatusCode != HttpStatusCode.OK)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(3))
                throw new InvalidOperationException("The portal did not become ready.");
            await Task.Delay(100);
        }

        return portal;
    }

    // Of the first room that nothing blocks.
    private static async Task<(long Batch, long Room)> CreateAsync(WebApplication portal)
    {
        var create = portal.Services.GetRequiredService<CreateBatchHandler>();
        var submit = portal.Services.GetRequiredService<SubmitBatchHandler>();
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        while (!await db.Set<Scan>().AnyAsync(x => x.State == ScanState.Completed))
            await Task.Delay(100);
        foreach (var room in await RoomQueries.All(db).OrderBy(x => x.Id).Select(x => x.Id).ToListAsync())
        {
            var made = await create.HandleAsync(new CreateBatch("tiny", "Wave", [room]), _planner, CancellationToken.None);
            if (made.IsDone && (await submit.HandleAsync(new SubmitBatch(made.Value.Id, AcknowledgeWarnings: true), _planner, CancellationToken.None)).IsDone)
            {
                Check((await portal.Services.GetRequiredService<RecallBatchHandler>().HandleAsync(new RecallBatch(made.Value.Id), _planner, CancellationToken.None)).Refusal);
                return (made.Value.Id, room);
            }
        }

        throw new InvalidOperationException("Every room of the sample is blocked.");
    }

    private static async Task ApproveAsync(WebApplication portal, long batch)
    {
        Check((await portal.Services.GetRequiredService<SubmitBatchHandler>().HandleAsync(new SubmitBatch(batch, AcknowledgeWarnings: true), _planner, CancellationToken.None)).Refusal);
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var fingerprint = (await db.Set<Batch>().AsNoTracking().SingleAsync(x => x.Id == batch)).Fingerprint;
        Check((await portal.Services.GetRequiredService<ApproveBatchHandler>().HandleAsync(new ApproveBatch(batch, fingerprint), _approver, CancellationToken.None)).Refusal);
    }

    private static void Check(MigrationPortal.Engine.Refusal? refusal)
    {
        if (refusal is not null)
            throw new InvalidOperationException(refusal.Message);
    }
}
