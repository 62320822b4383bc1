using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What a list says about its selection leaves its rows where they are: whoever clicks the next one at once means that one.</summary>
[Collection(PortalCollection.Name)]
public sealed class SelectionTests(RunningPortal portal)
{
    [Fact]
    public async Task Selection_FirstRowIsSelected_NoRowMovesAndTheBarIsInSight_InAnyList()
    {
        using var api = portal.Api("planner");
        using var starter = portal.Api("operator");
        var (ran, _) = await portal.ApprovedBatchAsync("Ran, to be selected from");
        var run = await portal.RunAsync(starter, ran);
        await using var batch = await portal.MovableBatchAsync(api, "To be selected from");
        var page = await portal.SignInAsync("planner");
        foreach (var list in new[] { "/rooms?pair=tiny", "/batches?pair=tiny", $"/batches/{batch.Id}?tab=rooms", $"/runs/{run}?group=done" })
            foreach (var (width, height) in new[] { (1440, 900), (390, 700) })
            {
                await page.SetViewportSizeAsync(width, height);
                await page.GotoAsync(list);
                await page.SettleAsync();
                var row = page.Locator("[data-row]:has(input[type=checkbox])").First;
                await row.ScrollIntoViewIfNeededAsync();
                var before = await row.BoundingBoxAsync();
                await row.Locator("input[type=checkbox]").CheckAsync();
                await Expect(page.Locator(".selection")).ToBeInViewportAsync(new() { Ratio = 1 });
                var after = await row.BoundingBoxAsync();
                await page.KeepAsync($"selection{list.Replace('/', '-').Split('?')[0]}-{width}");
                await page.GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).ClickAsync();
                Assert.Equal((list, width, before!.Y), (list, width, after!.Y));
            }
    }
}
