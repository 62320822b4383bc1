using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Two people at one batch: edits that meet, a text whose review ended, and what happened while somebody was away.</summary>
[Collection(PortalCollection.Name)]
public sealed class EditsTogetherTests(RunningPortal portal)
{
    [Fact]
    public async Task Rename_InTwoWindows_ShowsBothNames_AndKeepsTheChosenOne()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Met");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.Locator("button.action", new() { HasTextString = "Rename…" }).ClickAsync();
        var name = page.Locator(".mud-dialog input");
        await name.FillAsync("Mine");
        using (var renamed = await api.PatchAsJsonAsync($"/api/v1/batches/{batch.Id}", new { name = "Theirs" }))
            Assert.True(renamed.IsSuccessStatusCode);
        await page.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();

        var values = page.Locator(".mud-dialog fieldset");
        await Expect(values).ToContainTextAsync("Yours: Mine");
        await Expect(values).ToContainTextAsync("Theirs");
        await Expect(page.Locator(".mud-dialog input[type=radio]").First).ToBeCheckedAsync();
        await page.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await page.KeepAsync("edit-conflict");
        await page.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();

        await Expect(page.Locator("h1")).ToContainTextAsync("Mine");
    }

    [Fact]
    public async Task Approver_WhoWasAway_IsToldWhatThePlannerDid_AndATextWhoseReviewEndedStays()
    {
        using var planner = portal.Api("planner");
        using var approver = portal.Api("approver");
        await using var batch = await portal.MovableBatchAsync(planner, "Away");
        await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");
        var page = await portal.SignInAsync("approver");
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.Locator("#decision[data-live]").FillAsync("Move it on Friday");
        await page.HasNoSeriousFindingInBothThemesAsync();
        await BatchSteps.LookedAtAsync(approver, batch.Id);
        await EditAsync(planner, batch.Id, new { options = new { prefixSeparator = " > " } });

        var ended = page.Locator(".ended");
        await Expect(ended.Locator("textarea")).ToHaveValueAsync("Move it on Friday");
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.KeepAsync("ended-decision");
        await ended.Locator("button", new() { HasTextString = "Post as comment" }).ClickAsync();
        await Expect(ended).ToHaveCountAsync(0);
        await Expect(page.Locator("aside.col")).ToContainTextAsync("Move it on Friday");

        await page.GotoAsync("/inbox");
        await EditAsync(planner, batch.Id, new { name = "Away and renamed" });
        await EditAsync(planner, batch.Id, new { options = new { prefixSeparator = " / ", rootCategory = "Elsewhere" } });
        await page.GotoAsync($"/batches/{batch.Id}");
        var since = page.Locator(".since");
        await Expect(since).ToContainTextAsync("renamed the batch to “Away and renamed”");
        await page.HasNoSeriousFindingInBothThemesAsync();
        // The list opens by the same key that goes to its first change.
        await page.SettleAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(since.Locator("[data-change]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(since.Locator("[data-change]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(since.Locator("[data-change]").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("p");
        await Expect(since.Locator("[data-change]").First).ToBeFocusedAsync();
        await page.KeepAsync("since-looked");
        await since.Locator("button", new() { HasTextString = "Dismiss" }).ClickAsync();
        await Expect(since).ToHaveCountAsync(0);
    }

    private static async Task EditAsync(HttpClient planner, string id, object edit)
    {
        using var answer = await planner.PatchAsJsonAsync($"/api/v1/batches/{id}", edit);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
