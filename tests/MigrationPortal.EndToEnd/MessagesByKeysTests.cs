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
        await page.WaitForFunctionAsync("() => !document.querySelector('.is-waiting, [aria-busy=true]')");
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
        await page.WaitForFunctionAsync("() => !document.querySelector('.is-waiting, [aria-busy=true]')");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("Nights");
        var hits = page.Locator(".mud-popover-open.found .mud-list-item");
        await Expect(hits.First).ToBeVisibleAsync();
        await page.HasNoSeriousFindingInBothThemesAsync(".mud-popover-open.found");
        await page.Keyboard.PressAsync("ArrowDown");
        var chosen = page.Locator(".mud-popover-open.found .mud-selected-item");
        await Expect(chosen).ToHaveCountAsync(1);
        var name = await chosen.Locator("bdi").First.TextContentAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main h1")).ToContainTextAsync(name!);
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
