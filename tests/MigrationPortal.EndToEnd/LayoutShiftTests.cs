using System.Collections.Concurrent;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;

namespace MigrationPortal.EndToEnd;

/// <summary>
/// Nothing jumps while a page loads: neither with an empty cache, where fonts come late, nor with a full one, where rows come late. In Spanish, whose words are
/// the longest, so that the same visits show whether a column's head is cut.
/// </summary>
[Collection(PortalCollection.Name)]
public sealed class LayoutShiftTests(RunningPortal portal)
{
    private const double Most = 0.1;

    // Each page waits for its circuit most of the time.
    private const int Browsing = 3;

    private static readonly int[] _widths = [1440, 1024, 720, 390];

    private const string Measure = """
        window.shift = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        """;

    private const string CutHeads = """
        () => [...document.querySelectorAll('th')].filter(x => x.clientWidth > 17 && getComputedStyle(x).overflowX !== 'visible' && x.scrollWidth > x.clientWidth + 1 && !x.querySelector('.sr-only')).map(x => x.textContent.trim())
        """;

    [Fact]
    public async Task Pages_WhileTheyLoad_ShiftNoMoreThanATenthAndCutNoHead_AtAnyWidth()
    {
        using var api = portal.Api("planner");
        var (ran, _) = await portal.ApprovedBatchAsync("Run without a jump");
        var run = await RunAsync(ran);
        await using var batch = await portal.MovableBatchAsync(api, "Without a jump");
        var room = (await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/rooms?take=1")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var person = (await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/principals?take=1")).GetProperty("items")[0].GetProperty("guid").GetString()!;
        // What other journeys typed and did not send comes back into its form, which is longer then.
        await portal.SqlAsync("migrationportal", "delete from portal.drafts");
        var reader = await portal.SignInAsync("administrator");
        var state = await reader.Context.StorageStateAsync();
        var shifted = new ConcurrentBag<string>();
        var cut = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(EveryPage.Of(batch.Id, room, person).Concat(EveryPage.OfRun(ran, run)).Index(), new ParallelOptions { MaxDegreeOfParallelism = Browsing }, async (page, _) =>
        {
            foreach (var (how, shift, heads) in await LoadAsync(state, page.Item, page.Index))
            {
                if (shift > Most)
                    shifted.Add($"{page.Item} {how} shifted by {shift:0.000}");
                if (heads.Length > 0)
                    cut.Add($"{page.Item} {how} cuts {string.Join(", ", heads)}");
            }
        });
        await reader.Context.DisposeAsync();
        Assert.Empty(shifted.Concat(cut).Order(StringComparer.Ordinal));
    }

    private async Task<string> RunAsync(string batch)
    {
        using var api = portal.Api("operator");
        await portal.PostAsync(api, $"/api/v1/batches/{batch}/start", "{}");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await portal.GetAsync(api, $"/api/v1/batches/{batch}")).GetProperty("state").GetString() is "Running" or "Stopping")
            await timer.WaitForNextTickAsync();
        return (await portal.GetAsync(api, $"/api/v1/batches/{batch}/runs")).GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    // With an empty cache at one width, which differs from page to page; with a full one at the others.
    private async Task<List<(string How, double Shift, string[] CutHeads)>> LoadAsync(string state, string url, int index)
    {
        var context = await portal.Browser.OpenAsync(new() { BaseURL = portal.Address, StorageState = state, Locale = "es-ES" });
        await context.AddInitScriptAsync(Measure);
        var page = await context.NewPageAsync();
        var found = new List<(string, double, string[])>();
        var cold = _widths[index % _widths.Length];
        foreach (var (kind, width) in _widths.Where(x => x != cold).Select(x => ("warm", x)).Prepend(("cold", cold)))
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.GotoAsync(url);
            await page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.is-waiting, [aria-busy=true]:not([role=progressbar])')");
            var shift = await page.EvaluateAsync<double>("() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(window.shift))))");
            found.Add(($"{kind} at {width} px", shift, await page.EvaluateAsync<string[]>(CutHeads)));
        }

        await context.DisposeAsync();
        return found;
    }
}
