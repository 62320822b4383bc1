using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What somebody typed and did not send is there after the page was loaded again, as it is when a circuit cannot come back.</summary>
[Collection(PortalCollection.Name)]
public sealed class DraftTests(RunningPortal portal)
{
    [Fact]
    public async Task Comment_PageIsLoadedAgainBeforeAndAfterSending_IsKeptAndThenGone()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Drafted");
        var id = batch.Id;
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{id}");
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync("Half a thought");

        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("Half a thought");
        // The circuit has it, too: its button works.
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Half a thought");

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Half a thought");
        await Expect(field).ToHaveValueAsync("");
        // Whoever signs in next in this tab does not find it, and its browser keeps nothing of it.
        await field.FillAsync("Another");
        await KeptAsync(page, id, "Another");
        await page.GotoAsync("/signin");
        await page.Locator("button[value=viewer]").ClickAsync();
        await page.IsAtAsync("^(?!.*/signin)");
        await page.GotoAsync($"/batches/{id}");
        await Expect(field).ToHaveValueAsync("");
        Assert.False(await page.EvaluateAsync<bool>("[...Object.values(localStorage), ...Object.values(sessionStorage)].some((x) => x.includes('Another'))"));
    }

    [Fact]
    public async Task Comment_TypedInOneBrowser_IsInAnotherOneAndAfterThatBrowserWasKilled_UntilItIsSent()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Two browsers");
        await using var first = await portal.LaunchAsync();
        var page = await portal.SignInAsync("planner", browser: first);
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.Locator("#comment[data-live]").FillAsync("Typed in the first browser");
        // A second after the last key, with nobody leaving the field.
        await KeptAsync(page, batch.Id, "Typed in the first browser");
        await first.CloseAsync();

        var second = await portal.SignInAsync("planner");
        await second.GotoAsync($"/batches/{batch.Id}");
        var field = second.Locator("#comment[data-live]");
        await Expect(field).ToHaveValueAsync("Typed in the first browser");
        var third = await portal.SignInAsync("planner");
        await third.GotoAsync($"/batches/{batch.Id}");
        await Expect(third.Locator("#comment[data-live]")).ToHaveValueAsync("Typed in the first browser");
        await field.SendByKeysAsync();
        await Expect(second.GetByRole(AriaRole.Log)).ToContainTextAsync("Typed in the first browser");

        await third.ReloadAsync();
        await Expect(third.GetByRole(AriaRole.Log)).ToContainTextAsync("Typed in the first browser");
        await Expect(third.Locator("#comment[data-live]")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Comment_TypedWhileThePortalDoesNotAnswer_IsKeptByTheBrowserAndSentByItsNextPage()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Kept by the browser");
        var page = await portal.SignInAsync("planner");
        await page.AddInitScriptAsync("const real = fetch; window.fetch = (url, options) => (options?.method === 'PUT' && !localStorage.getItem('answers') ? Promise.reject(new TypeError()) : real(url, options));");
        await page.GotoAsync($"/batches/{batch.Id}");
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync("Typed while the portal was away");
        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("Typed while the portal was away");
        Assert.Equal("", await DraftsAsync(page, batch.Id));

        await page.EvaluateAsync("localStorage.setItem('answers', 'yes')");
        await page.ReloadAsync();
        await KeptAsync(page, batch.Id, "Typed while the portal was away");
        await page.WaitForFunctionAsync("() => !Object.keys(localStorage).some((x) => x.startsWith('draft:'))");
    }

    [Fact]
    public async Task OwnComment_EditedAndThePageIsLoadedAgain_HasItsTextWhenItIsEditedAgain()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Edited comment");
        await portal.PostAsync(api, $"/api/v1/batches/{batch.Id}/comments", """{"text":"As it was"}""");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        var field = page.Locator("[id^=edit-][data-live]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit comment", Exact = true }).ClickAsync();
        await field.FillAsync("As it is now");

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit comment", Exact = true }).ClickAsync();
        await Expect(field).ToHaveValueAsync("As it is now");
        await field.SendByKeysAsync();
        await Expect(field).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("As it is now");
        Assert.Equal("", await DraftsAsync(page, batch.Id));
    }

    [Fact]
    public async Task Decision_PortalIsKilledAndThePlanIsSubmittedAgain_IsOnTheCardThatEndedAndOnTheNextOne()
    {
        using var planner = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(planner, "Decided later");
        var (submit, recall) = ($"/api/v1/batches/{batch.Id}/submit", $"/api/v1/batches/{batch.Id}/recall");
        await portal.PostAsync(planner, submit, """{"acknowledgeWarnings":true}""");
        var page = await portal.SignInAsync("approver");
        await page.GotoAsync($"/batches/{batch.Id}");
        var decision = page.Locator("#decision[data-live]");
        await decision.FillAsync("Not before Friday");
        var reloaded = page.LoadsAgainAsync();

        await portal.KillAsync();

        await reloaded;
        await Expect(decision).ToHaveValueAsync("Not before Friday");
        await portal.PostAsync(planner, recall, "{}");
        var ended = page.Locator(".ended textarea");
        await Expect(ended).ToHaveValueAsync("Not before Friday");
        // The circuit that knew it is gone.
        await page.ReloadAsync();
        await Expect(ended).ToHaveValueAsync("Not before Friday");
        await portal.PostAsync(planner, submit, """{"acknowledgeWarnings":true}""");
        await Expect(decision).ToHaveValueAsync("Not before Friday");
        await page.ReloadAsync();
        await Expect(decision).ToHaveValueAsync("Not before Friday");

        await portal.PostAsync(planner, recall, "{}");
        await page.Locator(".ended").GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = true }).ClickAsync();
        await Expect(ended).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.Locator("input[type=hidden][data-draft=decision][data-live]")).ToHaveCountAsync(1);
        await Expect(ended).ToHaveCountAsync(0);
        Assert.Equal("", await DraftsAsync(page, batch.Id));
    }

    [Fact]
    public async Task ReasonInADialog_PageIsLoadedAgain_IsThereWhenTheDialogReopensAndGoneWhenItWasCancelled()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/rooms/{await RoomAsync()}");
        var reason = page.Locator(".mud-dialog textarea");
        await OpenAsync(page);
        await reason.FillAsync("Its owner has left");

        await page.ReloadAsync();
        await OpenAsync(page);
        await Expect(reason).ToHaveValueAsync("Its owner has left");
        await page.Locator(".mud-dialog-actions button[type=button]").ClickAsync();
        await Expect(reason).ToHaveCountAsync(0);

        await OpenAsync(page);
        await Expect(reason).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Options_PageIsLoadedAgainBeforeAndAfterSaving_AreKeptAndThenGone()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Optioned");
        var id = batch.Id;
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{id}?tab=options");
        var separator = page.Locator("[data-draft$='/PrefixSeparator'][data-live]");
        var choice = page.Locator("select[data-draft][data-live]").First;
        await separator.FillAsync(" > ");
        var chosen = await choice.Locator("option:not([selected])").First.GetAttributeAsync("value");
        await choice.SelectOptionAsync(chosen!);

        await page.ReloadAsync();
        await Expect(separator).ToHaveValueAsync(" > ");
        await Expect(choice).ToHaveValueAsync(chosen!);
        // The circuit has them, too: what was typed can be saved.
        await page.Locator("form:has([data-draft]) button[type=submit]").ClickAsync();
        await Expect(page.Locator("form:has([data-draft]) button[type=submit]")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.WaitForFunctionAsync("() => !Object.keys(localStorage).some((x) => x.startsWith('draft:'))");
        Assert.Equal("", await DraftsAsync(page, id));
    }

    [Fact]
    public async Task Comment_PortalIsRestartedWhileItIsTyped_IsKeptByAPageThatComesBackByItself()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Restarted");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync("Typed before the restart");
        var reloaded = page.LoadsAgainAsync();

        await portal.RestartAsync();

        await reloaded;
        await Expect(field).ToHaveValueAsync("Typed before the restart");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Typed before the restart");
    }

    [Fact]
    public async Task Name_IsRefused_IsThereWhenTheDialogReopens()
    {
        using var api = portal.Api("planner");
        await using var taken = await portal.MovableBatchAsync(api, "Taken name");
        await using var batch = await portal.MovableBatchAsync(api, "Renamed in vain");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.Locator(".mud-dialog input").FillAsync("Taken name");
        await page.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();
        await Expect(page.Locator(".mud-snackbar .request-id")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog input")).ToHaveValueAsync("Taken name");
    }

    [Fact]
    public async Task Policy_PageIsLoadedAgain_HasItsRulesAndTicksAsTheyWereChanged()
    {
        var page = await portal.SignInAsync("administrator");
        await page.GotoAsync("/administration/approvals?pair=tiny");
        var rows = page.Locator("[aria-label^='Limit of rule']");
        await Expect(page.Locator("[data-draft='policy/tiny'][data-live]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use recommended policy" }).ClickAsync();
        await Expect(rows).Not.ToHaveCountAsync(0);
        var count = await rows.CountAsync();
        await rows.First.FillAsync("7");
        await page.Locator("[data-draft='policy/tiny/open']").CheckAsync();
        await page.HasDraftAsync("\"AtLeast\":\"7\"");

        await page.ReloadAsync();

        await Expect(rows).ToHaveCountAsync(count);
        await Expect(rows.First).ToHaveValueAsync("7");
        await Expect(page.Locator("[data-draft='policy/tiny/open']")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Refusal_InANotice_ShowsTheIdThatTheLogHas()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Refused");
        var id = batch.Id;
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.Locator(".mud-dialog input").FillAsync(" ");
        await page.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();

        var shown = await page.Locator(".mud-snackbar .request-id").InnerTextAsync();
        var trace = shown.Split(' ')[^1];
        Assert.Matches("^[0-9a-f]{32}$", trace);
        await portal.WaitForLogAsync($"[{trace}]");
    }

    // What the portal has of the page, one text after the other.
    private static async Task<string> DraftsAsync(IPage page, string batch)
    {
        var answer = await page.APIRequest.GetAsync($"/api/v1/drafts?under=batches/{batch}:");
        return string.Join('\n', (await answer.JsonAsync())!.Value.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("text").GetString()));
    }

    private static async Task KeptAsync(IPage page, string batch, string text)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var tried = 0; tried < 300 && await DraftsAsync(page, batch) != text; tried++)
            await timer.WaitForNextTickAsync();
        Assert.Equal(text, await DraftsAsync(page, batch));
    }

    private async Task<string> RoomAsync()
    {
        using var api = portal.Api("planner");
        using var rooms = System.Text.Json.JsonDocument.Parse(await api.GetStringAsync("/api/v1/pool-pairs/tiny/rooms?comparison=OnlyLegacy"));
        return rooms.RootElement.GetProperty("items").EnumerateArray().First(x => x.GetProperty("batchId").ValueKind == System.Text.Json.JsonValueKind.Null).GetProperty("id").GetString()!;
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Exclude" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog textarea")).ToBeVisibleAsync();
    }
}
