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
