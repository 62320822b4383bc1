using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>A start at a time, and windows as an administrator writes them.</summary>
[Collection(PortalCollection.Name)]
public sealed class WindowTests(RunningPortal portal)
{
    [Fact]
    public async Task Window_WrittenAndLeft_IsDrawnAndKeptAcrossAReload()
    {
        var page = await portal.SignInAsync("administrator", ColorScheme.Dark);
        await page.GotoAsync("/administration/windows?pair=tiny");
        await Expect(page.Locator("[data-draft='windows/tiny'][data-live]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add window" }).ClickAsync();
        await page.GetByLabel("Window name").FillAsync("Nights");
        await page.GetByLabel("Start time", new() { Exact = true }).FillAsync("22:30");
        await page.Locator("fieldset input[type=checkbox]").First.CheckAsync();
        await Expect(page.Locator(".grid.days .bar i").First).ToBeVisibleAsync();
        await Expect(page.Locator(".grid.days tbody tr", new() { HasText = "22:30" })).ToHaveCountAsync(2);
        await page.HasNoSeriousFindingAsync();
        await page.KeepAsync("windows-dark");

        await page.ReloadAsync();

        await Expect(page.GetByLabel("Window name")).ToHaveValueAsync("Nights");
    }

    [Fact]
    public async Task Start_ScheduledByTheOperator_SaysWhenAndCanBeTakenBack()
    {
        using var planner = portal.Api("planner");
        using var approver = portal.Api("approver");
        await using var batch = await portal.MovableBatchAsync(planner, "Scheduled");
        await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");
        var fingerprint = (await portal.GetAsync(planner, $"/api/v1/batches/{batch.Id}")).GetProperty("fingerprint").GetString();
        await portal.PostAsync(approver, $"/api/v1/batches/{batch.Id}/approve", $$"""{"fingerprint":"{{fingerprint}}"}""");
        var page = await portal.SignInAsync("operator");
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule start" }).ClickAsync();
        await page.Locator(".mud-dialog input[type=datetime-local]").First.FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(2):yyyy-MM-dd}T22:00");
        // The button that opened it is busy until it closes, so that the page is not looked at while it is open.
        await page.KeepAsync("schedule-dialog");
        await page.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();
        await Expect(page.Locator(".schedule")).ToContainTextAsync("22:00");
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.KeepAsync("scheduled");

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel schedule" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Schedule start" })).ToBeVisibleAsync();
    }
}
