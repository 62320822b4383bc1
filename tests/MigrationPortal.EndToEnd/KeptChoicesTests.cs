using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What somebody selected or chose is there after the page was loaded again, and after its circuit was paused.</summary>
[Collection(PortalCollection.Name)]
public sealed class KeptChoicesTests(RunningPortal portal)
{
    private const string Hide = "() => { Object.defineProperty(document, 'hidden', { configurable: true, value: true }); document.dispatchEvent(new Event('visibilitychange')); }";
    // Over at once: a clock that is put forward would end the connection before it is paused.
    private const string HalfAnHour = "const real = setTimeout; window.setTimeout = (act, pause, ...more) => real(act, pause === 1800000 ? 0 : pause, ...more);";
    private const string Show = "() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }";

    [Fact]
    public async Task SelectedRooms_PageIsLoadedAgain_AreSelectedUntilTheyAreCleared()
    {
        var page = await portal.SignInAsync("planner");
        await OpenRoomsAsync(page);
        await SelectTwoAsync(page);

        await page.ReloadAsync();
        await Expect(page.Locator(".selection")).ToContainTextAsync("2");
        await page.Locator(".selection").GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Locator(".selection")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some((x) => x.endsWith(':selection'))");

        await page.ReloadAsync();
        await Expect(page.Locator("[data-rows] [data-row]").First).ToBeVisibleAsync();
        await page.SettleAsync();
        await Expect(page.Locator(".selection")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Notifications_PageIsLoadedAgain_AreAsTheyWereChosen_AndSavedOnesStay()
    {
        var page = await portal.SignInAsync("auditor");
        await page.GotoAsync("/me/notifications");
        var kept = page.Locator("[data-draft=preferences][data-live]");
        await Expect(kept).ToHaveCountAsync(1);
        await page.Locator("#digest-at").FillAsync("06:45");
        await page.Locator("#digest-at").BlurAsync();
        // The circuit takes it first, and gives it to the browser, which sends it on.
        await page.HasDraftAsync("06:45");

        await page.ReloadAsync();
        await Expect(page.Locator("#digest-at")).ToHaveValueAsync("06:45");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".mud-snackbar").First).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#digest-at")).ToHaveValueAsync("06:45");
        Assert.DoesNotContain("06:45", await (await page.APIRequest.GetAsync("/api/v1/drafts")).TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShareOfAView_PageIsLoadedAgainWhileTheDialogIsOpen_IsTickedUntilTheDialogIsCancelled()
    {
        var page = await portal.SignInAsync("planner");
        await OpenRoomsAsync(page);
        var (open, share) = (page.GetByRole(AriaRole.Menuitem, new() { Name = "Save view" }), page.Locator(".mud-dialog input[type=checkbox]"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await open.ClickAsync();
        await share.CheckAsync();
        await KeptAsync(page, "shared", "True");

        await OpenRoomsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await open.ClickAsync();
        await Expect(share).ToBeCheckedAsync();
        await CancelAsync(page, "shared");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await open.ClickAsync();
        await Expect(page.Locator(".mud-dialog [data-draft$='/shared'][data-live]")).ToHaveCountAsync(1);
        await Expect(share).Not.ToBeCheckedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Circuit_OfATabThatNobodyLooksAt_IsPausedAndResumed_WithWhatWasTypedAndSelected(bool isRestarted)
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, $"Paused {isRestarted}");
        var page = await portal.SignInAsync("planner");
        var other = await portal.SignInAsync("viewer");
        await other.GotoAsync($"/batches/{batch.Id}");
        await page.AddInitScriptAsync(HalfAnHour);
        await page.GotoAsync($"/batches/{batch.Id}?tab=rooms");
        await page.Locator("#comment[data-live]").FillAsync("Typed before the pause");
        await page.Locator("[data-rows] [data-row] input[type=checkbox]").First.CheckAsync();
        await Expect(page.Locator(".selection")).ToBeVisibleAsync();
        await page.HasSelectionAsync("[0-9]");
        await page.EvaluateAsync("() => { window.isTheSamePage = true; document.getElementById('comment').dataset.old = ''; }");

        var here = other.Locator(".here .sheet li");
        await Expect(here).ToHaveCountAsync(2);

        await page.EvaluateAsync(Hide);
        await Expect(page.Locator("#components-reconnect-modal.components-reconnect-paused")).ToHaveCountAsync(1);
        // The portal gives the state away after it has agreed to pause, and refuses who comes back for it before that.
        await Expect(here).ToHaveCountAsync(1);
        await other.CloseAsync();
        if (isRestarted)
            await portal.RestartAsync();
        await page.EvaluateAsync(Show);
        // A window that is shown gets the focus, too, and is clicked.
        await page.EvaluateAsync("() => { for (const act of ['focus', 'pointerdown']) dispatchEvent(new Event(act)); }");

        // What the circuit before it drew goes with it.
        var comment = page.Locator("#comment[data-live]:not([data-old])");
        await Expect(comment).ToHaveValueAsync("Typed before the pause");
        // The framework may lose the state on its way to a browser that leaves at once. The process that has it goes on with it all the same; after a restart the page is loaded again.
        Assert.True(isRestarted || await page.EvaluateAsync<bool>("() => window.isTheSamePage === true"));
        await Expect(page.Locator("html[data-circuit=lost]")).ToHaveCountAsync(0);
        await Expect(page.Locator(".selection")).ToBeVisibleAsync();
        // The new circuit has it, too.
        await comment.SendByKeysAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Typed before the pause");
    }

    [Fact]
    public async Task Circuit_ThatCannotBeResumed_IsALoadedPage()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Not resumed");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.Locator("#comment[data-live]").FillAsync("Typed before it was lost");
        var reloaded = page.LoadsAgainAsync();

        await page.EvaluateAsync("() => { const modal = document.getElementById('components-reconnect-modal'); modal.className = 'components-reconnect-resume-failed'; }");

        await reloaded;
        await Expect(page.Locator("#comment[data-live]")).ToHaveValueAsync("Typed before it was lost");
    }

    // The circuit takes it first, and gives it to the browser, which sends it on.
    private static Task KeptAsync(IPage page, string place, string text) => page.AnswersYesAsync(
        """
        async ([place, text]) => Object.keys(localStorage).some((x) => x.endsWith(place) && JSON.parse(localStorage.getItem(x)).text === text)
          || (await (await fetch('/api/v1/drafts')).json()).items.some((x) => x.place.endsWith(place) && x.text === text)
        """,
        new[] { $"/{place}", text });

    // Gone from both before the dialog opens again.
    private static async Task CancelAsync(IPage page, string place)
    {
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.AnswersYesAsync(
            """
            async (place) => !document.querySelector('.mud-dialog') && !Object.keys(localStorage).some((x) => x.endsWith(place))
              && !(await (await fetch('/api/v1/drafts')).json()).items.some((x) => x.place.endsWith(place))
            """,
            $"/{place}");
    }

    private static async Task OpenRoomsAsync(IPage page)
    {
        await page.GotoAsync("/rooms?pair=tiny");
        await page.SettleAsync();
        await Expect(page.Locator("[data-rows] [data-row]").Nth(1)).ToBeVisibleAsync();
    }

    private static async Task SelectTwoAsync(IPage page)
    {
        await page.Locator("[data-rows] [data-row] input[type=checkbox]").Nth(0).CheckAsync();
        await page.Locator("[data-rows] [data-row] input[type=checkbox]").Nth(1).CheckAsync();
        await Expect(page.Locator(".selection")).ToContainTextAsync("2");
        await page.HasSelectionAsync("[,+]");
    }
}
