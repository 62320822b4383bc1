using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What opens over the list of rooms, and one person's page, in one visit.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccessibilityPartTests(RunningPortal portal)
{
    [Fact]
    public async Task Parts_OpenedOverTheRooms_HaveNoSeriousFinding()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Parts for axe");
        var room = (await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/rooms?comparison=Different&take=1")).GetProperty("items")[0].GetProperty("id").GetString();
        var person = (await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/principals?take=1")).GetProperty("items")[0].GetProperty("guid").GetString();
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/people/{person}");
        await page.HasNoSeriousFindingInBothThemesAsync();

        // With the peek open, and what can be opened beside it.
        await page.GotoAsync($"/rooms?room={room}");
        await Expect(page.Locator(".peek .kv")).ToBeVisibleAsync();
        await page.HasNoSeriousFindingInBothThemesAsync();
        foreach (var menu in new[] { "Columns", "Views", "Export" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = menu }).ClickAsync();
            await page.HasNoSeriousFindingInBothThemesAsync(".mud-popover-open");
            // With the focus on the button that opened it, the library's menu takes this key to its first item.
            await page.Locator(".mud-popover-open [role=menuitem]").First.FocusAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        }

        await page.Keyboard.PressAsync("?");
        await page.HasNoSeriousFindingInBothThemesAsync("dialog#keys[open]");
        await page.Keyboard.PressAsync("Escape");

        // A notice with its Undo, which gives the room back.
        await page.GotoAsync("/rooms?comparison=OnlyLegacy&place=Unplanned");
        await page.Locator("tr[data-row] input").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Exclude" }).ClickAsync();
        await page.Locator(".mud-dialog textarea:visible").First.FillAsync("Nobody needs it any more");
        await page.ConfirmAsync();
        var undo = page.Locator(".mud-snackbar").GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true });
        await Expect(undo).ToBeVisibleAsync();
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await page.HasNoSeriousFindingWhileOpenAsync(".mud-snackbar");
        await undo.ClickAsync();
        await Expect(page.GetByText("Undone", new() { Exact = true }).First).ToBeVisibleAsync();
    }
}
