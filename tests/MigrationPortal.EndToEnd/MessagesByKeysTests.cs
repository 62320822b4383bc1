using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>From the picture of a room's months to one day and to what was written on it, and from the search to a room, without a mouse.</summary>
[Collection(PortalCollection.Name)]
public sealed class MessagesByKeysTests(RunningPortal portal)
{
    [Fact]
    public async Task Months_MovedInByArrows_LeadToADayAndToItsMessages()
    {
        var page = await portal.SignInAsync("auditor");
        using var api = portal.Api("auditor");
        var rooms = await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/rooms?search=Office%20Releases");
        await page.GotoAsync($"/rooms/{rooms.GetProperty("items")[0].GetProperty("id").GetString()}?tab=messages");
        await page.SettleAsync();
        var month = page.Locator(".messages-chart.months .hit:focus");
        await page.Locator(".messages-chart.months .hit[tabindex='0']").FocusAsync();
        foreach (var (key, at) in new[] { ("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0) })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator(".messages-chart.months .hit").Nth(at)).ToBeFocusedAsync();
        }

        // The rest of the way is the tab key's: the days follow once a month is chosen.
        await page.Keyboard.PressAsync("Enter");
        await Expect(month).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(".messages-chart.days .hit").First).ToBeVisibleAsync();
        await TabToAsync(page, ".messages-chart.days .hit");
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator(".messages-chart.days .hit").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".messages-chart.days .hit").First).ToHaveAttributeAsync("aria-pressed", "true");

        await TabToAsync(page, "main section button");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".mud-dialog textarea")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Asked for by the head of desk");
        await TabToAsync(page, ".mud-dialog button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".transcript .line").First).ToBeVisibleAsync();
        await page.HasNoSeriousFindingInBothThemesAsync();
    }

    [Fact]
    public async Task Find_HitChosenByArrows_IsOpened()
    {
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/batches");
        await page.SettleAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByPlaceholder("Find a room, person or batch")).ToBeFocusedAsync();
        // At once: a search that follows one of several keys late would choose its first hit again.
        await page.Keyboard.InsertTextAsync("Nights");
        var hits = page.Locator(".mud-popover-open.found .mud-list-item");
        var chosen = page.Locator(".mud-popover-open.found .mud-selected-item");
        // The first is chosen before anybody has moved.
        await Expect(chosen).ToHaveCountAsync(1);
        await page.HasNoSeriousFindingInBothThemesAsync(".mud-popover-open.found");
        var names = await hits.Locator("bdi:first-of-type").AllTextContentsAsync();
        Assert.NotEqual(names[0], names[1]);
        await Expect(chosen).ToContainTextAsync(names[0]);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(chosen).ToContainTextAsync(names[1]);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main h1")).ToContainTextAsync(names[1]);
        await Expect(page.Locator("main h1")).ToBeFocusedAsync();
    }

    // Where the tab key leads, whatever stands between: a part that it cannot reach ends the test.
    private static async Task TabToAsync(IPage page, string place)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("place => document.activeElement.matches(place)", place))
                return;
        }

        Assert.Fail($"The tab key does not lead to {place}.");
    }
}
