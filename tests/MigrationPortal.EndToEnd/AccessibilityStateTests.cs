using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Pages in the states that a quiet sample does not have: a run and what follows it, opened dialogs, narrow windows, and twice the size.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccessibilityStateTests(RunningPortal portal)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Batch_WhileItRunsAndAfter_HasNoSeriousFinding(ColorScheme scheme)
    {
        var (id, _) = await portal.ApprovedBatchAsync($"Run for axe {scheme}");
        using var api = portal.Api("operator");
        await portal.PostAsync(api, $"/api/v1/batches/{id}/start", "{}");
        var runs = await portal.GetAsync(api, $"/api/v1/batches/{id}/runs");
        var run = runs.GetProperty("items")[0].GetProperty("id").GetString();
        var page = await portal.SignInAsync("operator", scheme);
        await page.GotoAsync($"/runs/{run}");
        await page.HasNoSeriousFindingAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await portal.GetAsync(api, $"/api/v1/batches/{id}")).GetProperty("state").GetString() is "Running" or "Stopping")
            await timer.WaitForNextTickAsync();
        foreach (var tab in new[] { "review", "rooms", "run", "verification", "delta", "undo", "history" })
        {
            await page.GotoAsync($"/batches/{id}?tab={tab}");
            await page.HasNoSeriousFindingAsync();
        }

        // With what they show once both pools are read, and the dialogs that follow.
        foreach (var (tab, request) in new[] { ("delta", "Run delta"), ("undo", "Request undo") })
        {
            await page.GotoAsync($"/batches/{id}?tab={tab}");
            await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");
            await page.GetByRole(AriaRole.Button, new() { Name = "Read preview" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = request })).Not.ToHaveAttributeAsync("aria-disabled", "true");
            await page.HasNoSeriousFindingAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = request }).ClickAsync();
            await page.HasNoSeriousFindingWhileOpenAsync(".mud-dialog");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        }

        await page.GotoAsync($"/batches/{id}?tab=verification");
        await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");
        foreach (var panel in await page.Locator(".mud-expand-panel-header").AllAsync())
            await panel.ClickAsync();
        await page.HasNoSeriousFindingAsync();
        await page.GotoAsync($"/runs/{run}");
        await page.HasNoSeriousFindingAsync();
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Dialogs_OfBatchesThatFollowSubmission_HaveNoSeriousFinding(ColorScheme scheme)
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, $"Dialogs of rooms and start {scheme}");
        var page = await portal.SignInAsync("planner", scheme);
        await page.GotoAsync($"/batches/{batch.Id}?tab=rooms");
        await OpenAsync(page, "Add from CSV");
        await OpenAsync(page, "Rename", 1);
        await page.Context.DisposeAsync();

        await portal.ApproveAsync(api, batch.Id);
        page = await portal.SignInAsync("operator", scheme);
        await page.GotoAsync($"/batches/{batch.Id}");
        await OpenAsync(page, "Schedule start");
        await page.GotoAsync("/administration/freeze");
        await OpenAsync(page, "Freeze starts");
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Dialogs_Opened_HaveNoSeriousFinding(ColorScheme scheme)
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, $"Dialogs {scheme}");
        var page = await portal.SignInAsync("planner", scheme);
        await page.GotoAsync($"/batches/{batch.Id}");
        foreach (var button in new[] { "Rename", "Delete" })
        {
            await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await page.HasNoSeriousFindingWhileOpenAsync(".mud-dialog");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        }

        await page.GotoAsync("/rooms?comparison=OnlyLegacy");
        await page.Locator("tr[data-row] input").First.CheckAsync();
        foreach (var button in new[] { "Exclude", "Add 1 room" })
        {
            await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await page.HasNoSeriousFindingWhileOpenAsync(".mud-dialog");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        }

        await page.Locator(".person button").ClickAsync();
        await page.HasNoSeriousFindingWhileOpenAsync(".mud-popover-open");
        await page.Context.DisposeAsync();
    }

    private static async Task OpenAsync(IPage page, string button, int at = 0)
    {
        await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");
        await page.GetByRole(AriaRole.Button, new() { Name = button }).Nth(at).ClickAsync();
        await page.HasNoSeriousFindingWhileOpenAsync(".mud-dialog");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
    }

    // 720 and 390 px are also what a window of 1440 and 780 px has at 200 %.
    [Theory]
    [InlineData(720)]
    [InlineData(390)]
    public async Task Pages_InANarrowWindow_HaveNoSeriousFindingAndNothingRunsOverTheEdge(int width)
    {
        var page = await portal.SignInAsync("auditor", ColorScheme.Light, width);
        foreach (var url in new[] { "/", "/rooms", "/rooms/1", "/people", "/batches", "/inbox", "/runs", "/cutover", "/audit", "/administration", "/me" })
        {
            await page.GotoAsync(url);
            await page.HasNoSeriousFindingAsync();
            Assert.Equal((url, 0), (url, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)")));
            await Expect(page.Locator(".person button")).ToBeVisibleAsync();
        }

        await page.Context.DisposeAsync();
    }
}
