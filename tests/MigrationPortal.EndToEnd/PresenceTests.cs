using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>People see each other on a page, and nobody stays there whose browser is gone, whatever way it went.</summary>
[Collection(PortalCollection.Name)]
public sealed class PresenceTests(RunningPortal portal)
{
    [Fact]
    public async Task BatchPage_BrowsersDieInEachWay_AreGoneFromTheOthersPage()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Watched");
        var id = batch.Id;
        var watcher = await portal.SignInAsync("viewer");
        await watcher.GotoAsync($"/batches/{id}");
        var list = watcher.Locator(".here .sheet li");
        await Expect(list).ToHaveCountAsync(1);

        // A renderer that crashes, a browser that is killed, and one that is stopped without closing its connection.
        var crashed = await OpenAsync("planner", id);
        await using var killed = await portal.LaunchAsync();
        var killedPage = await OpenAsync("approver", id, killed);
        await using var frozen = await portal.LaunchAsync();
        var frozenPage = await OpenAsync("operator", id, frozen);
        await Expect(list).ToHaveCountAsync(4);
        var stopped = await frozenPage.ProcessesAsync("renderer");
        var dead = await killedPage.ProcessesAsync("browser");

        try
        {
            await BrowserProcesses.SignalAsync("STOP", stopped);
            await BrowserProcesses.SignalAsync("KILL", dead);
            var crash = await crashed.Context.NewCDPSessionAsync(crashed);
            _ = crash.SendAsync("Page.crash").ContinueWith(x => x.Exception, TaskScheduler.Default);

            await Expect(list).ToHaveCountAsync(1);
        }
        finally
        {
            await BrowserProcesses.SignalAsync("CONT", stopped);
        }

        // Thawed, its circuit comes back.
        await Expect(list).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task BatchPage_OneTypesAndAnotherHides_OthersSeeWhatTheyMay()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Seen");
        var id = batch.Id;
        var watcher = await portal.SignInAsync("viewer");
        await watcher.GotoAsync($"/batches/{id}");
        var planner = await OpenAsync("planner", id);
        var list = watcher.Locator(".here .sheet li");
        await Expect(list).ToHaveCountAsync(2);

        await planner.Locator("#comment[data-live]").FillAsync("Half a thought");
        await Expect(watcher.Locator(".editing-here")).ToContainTextAsync("is writing a comment");
        await planner.Locator("#comment").FillAsync("");
        await Expect(watcher.Locator(".editing-here")).ToHaveCountAsync(0);

        await planner.Locator(".here > summary").ClickAsync();
        await planner.Locator("[data-presence-shows]").UncheckAsync();
        await Expect(list).ToHaveCountAsync(1);
        // The choice holds for the browser's next page, too; what is typed is shown all the same.
        await planner.ReloadAsync();
        await Expect(planner.Locator("[data-presence-shows]")).Not.ToBeCheckedAsync();
        await Expect(list).ToHaveCountAsync(1);
        await planner.Locator("#comment[data-live]").FillAsync("Another thought");
        await Expect(list).ToHaveCountAsync(2);
        await planner.Locator(".here > summary").ClickAsync();
        await planner.HasNoSeriousFindingAsync();
    }

    private async Task<IPage> OpenAsync(string persona, string batchId, IBrowser? browser = null)
    {
        var page = await portal.SignInAsync(persona, browser: browser);
        await page.GotoAsync($"/batches/{batchId}");
        await Expect(page.Locator(".here .sheet li").Filter(new() { HasText = "(you)" })).ToHaveCountAsync(1);
        return page;
    }
}
