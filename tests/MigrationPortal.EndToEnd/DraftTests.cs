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
        // Whoever signs in next in this tab does not find it.
        await field.FillAsync("Another");
        await page.GotoAsync("/signin");
        await page.GotoAsync($"/batches/{id}");
        await Expect(field).ToHaveValueAsync("");
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
        Assert.False(await page.EvaluateAsync<bool>("Object.keys(sessionStorage).some((x) => x.startsWith('draft:') && x.includes('options/'))"));
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
        var reloaded = page.WaitForRequestAsync(x => x.IsNavigationRequest);

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
