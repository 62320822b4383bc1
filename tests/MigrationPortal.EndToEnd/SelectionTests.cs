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

    [Fact]
    public async Task Selection_LowestRowInSightIsSelectedByKeys_RowStaysInSight()
    {
        var page = await portal.SignInAsync("planner");
        await page.SetViewportSizeAsync(1440, 600);
        await page.GotoAsync("/rooms?pair=tiny");
        await page.SettleAsync();
        await Expect(page.Locator("[data-rows] [data-row]").Nth(8)).ToBeAttachedAsync();
        await page.WaitForFunctionAsync(Lowest);
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator(".selection")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.activeElement.closest('[data-row]').getBoundingClientRect().bottom <= document.querySelector('.selection').getBoundingClientRect().top + 1");
    }

    [Fact]
    public async Task Selection_ClearedByKeys_FocusStaysInTheList()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/rooms?pair=tiny");
        await page.SettleAsync();
        await page.Locator("[data-rows] [data-row] input[type=checkbox]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".selection")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => document.activeElement.closest('section.list')");
    }

    // Goes down by keys until the list begins to scroll.
    private const string Lowest = """
        () => {
          const list = document.querySelector(".scroller");
          if (list.scrollTop > 0) return true;
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
          return false;
        }
        """;
}
