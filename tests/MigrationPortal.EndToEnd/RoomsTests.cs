using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The side by side without a mouse, and what two people see of each other in it.</summary>
[Collection(PortalCollection.Name)]
public sealed class RoomsTests(RunningPortal portal)
{
    [Fact]
    public async Task Keys_MovePeekSelectAndOpen_KeepTheStateInTheAddress()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await page.IsAtAsync("/rooms");
        var rows = page.Locator("tr[data-row]");
        await Expect(rows.First).ToBeVisibleAsync();
        await page.SettleAsync();

        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.IsAtAsync("[?&]room=");
        await page.Keyboard.PressAsync("k");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByText("1 selected")).ToBeVisibleAsync();
        // What was opened last closes first: the peek, then the selection.
        await page.Keyboard.PressAsync("Escape");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("aria-selected", "false");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText("1 selected")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByPlaceholder("Find a room, person or batch")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync("//[^/]+/rooms/");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Peek_ClosedByKey_GivesTheFocusBackToItsRow()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/rooms");
        var rows = page.Locator("tr[data-row]");
        await Expect(rows.Nth(1)).ToBeVisibleAsync();
        await page.SettleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");

        await page.Locator(".peek .in").FocusAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator(".peek")).ToHaveCountAsync(0);
        await Expect(rows.Nth(1).Locator("[data-open]")).ToBeFocusedAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task LeaveOut_WithReason_ShowsInAnotherBrowserAndCanBeTakenBack()
    {
        var planner = await portal.SignInAsync("planner");
        var onlooker = await portal.SignInAsync("viewer");
        var room = await FreeRoomAsync();
        var url = $"/rooms?comparison=OnlyLegacy&search={Uri.EscapeDataString(room)}";
        await planner.GotoAsync(url);
        await onlooker.GotoAsync(url);
        await planner.SettleAsync();
        await planner.GetByLabel($"Select {room}").First.CheckAsync();
        await planner.GetByRole(AriaRole.Button, new() { Name = "Exclude" }).ClickAsync();
        await planner.Locator(".mud-dialog textarea:visible").First.FillAsync("Nobody needs it any more");
        await planner.Locator(".mud-dialog button[type=submit]").Last.ClickAsync();

        await Expect(planner.Locator(".badge", new() { HasText = "Excluded" }).First).ToBeVisibleAsync();
        // No row enters, leaves or moves: the change is drawn in its place.
        await Expect(onlooker.Locator(".badge", new() { HasText = "Excluded" }).First).ToBeVisibleAsync();

        await planner.Locator("tr.left-out a[data-open]").First.ClickAsync();
        await planner.GetByRole(AriaRole.Button, new() { Name = "Include again" }).ClickAsync();
        await Expect(planner.GetByText("Nobody needs it any more")).ToBeHiddenAsync();
        await planner.Context.DisposeAsync();
        await onlooker.Context.DisposeAsync();
    }

    [Fact]
    public async Task Batch_EachOfItsParts_HasNoSeriousFindingInEitherTheme()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Looked at");
        var id = batch.Id;
        var page = await portal.SignInAsync("planner");
        foreach (var tab in new[] { "review", "rooms", "plan", "gains", "options", "run", "verification", "history" })
        {
            await page.GotoAsync($"/batches/{id}?tab={tab}");
            await page.HasNoSeriousFindingInBothThemesAsync();
        }

        await page.Context.DisposeAsync();
    }

    private async Task<string> FreeRoomAsync()
    {
        using var api = portal.Api("planner");
        var rooms = await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/rooms?place=Unplanned&take=100");
        return rooms.GetProperty("items").EnumerateArray().Last().GetProperty("legacy").GetProperty("name").GetString()!;
    }
}
