using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What is chosen of a list is done with as far as it can be, and the rest is named by reason.</summary>
[Collection(PortalCollection.Name)]
public sealed class ChoosingTests(RunningPortal portal)
{
    [Fact]
    public async Task Add_OfRoomsSomeOfWhichCannotBeAdded_AddsTheOthersAndListsTheRestByReason()
    {
        using var api = portal.Api("planner");
        await using var held = await portal.MovableBatchAsync(api, "Has one of them");
        var (first, second, excluded) = (await portal.MovableRoomAsync(), await portal.MovableRoomAsync(), await portal.MovableRoomAsync());
        var excludedId = await portal.RoomIdAsync(api, excluded);
        await portal.PostAsync(api, "/api/v1/rooms/exclude", $$"""{"roomIds":["{{excludedId}}"],"reason":"Nobody needs it"}""");

        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/rooms?comparison=OnlyLegacy&take=200");
        await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]') && document.querySelector('tr[data-row]')");
        foreach (var room in new[] { first, held.Room, excluded, second })
            await page.GetByLabel($"Select {room}", new() { Exact = true }).CheckAsync();
        var left = page.Locator(".selection .left");
        await Expect(left).ToContainTextAsync("2 cannot be added:");
        await Expect(left.GetByRole(AriaRole.Link, new() { Name = "1 room is already in a batch" })).ToBeVisibleAsync();
        await page.KeepAsync("rooms-some-can-be-added");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add the 2 that can be added…" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog .notice")).ToContainTextAsync("1 room is excluded");
        await page.Locator(".mud-dialog input[type=text]").FillAsync("Those that could be added");
        await page.ConfirmAsync();

        var added = page.Locator("td.edge a", new() { HasText = "Those that could be added" });
        await Expect(added).ToHaveCountAsync(2);
        // Those that were left are still selected, and each reason leads to its rooms.
        await Expect(page.Locator(".selection")).ToContainTextAsync("2 selected");
        await left.GetByRole(AriaRole.Link, new() { Name = "1 room is excluded" }).ClickAsync();
        await page.IsAtAsync("[?&]fit=Add.Excluded");
        await Expect(page.Locator("tr[data-row]")).ToHaveCountAsync(1);
        await Expect(page.Locator("tr[data-row]")).ToContainTextAsync(excluded);

        await page.GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).ClickAsync();
        await added.First.ClickAsync();
        await page.IsAtAsync("//[^/]+/batches/");
        await Expect(page.Locator("main h1")).ToContainTextAsync("Those that could be added");
        await using (var made = new MovableBatch(portal, api, new Uri(page.Url).Segments[^1], first))
            Assert.Equal(
                new HashSet<string> { await portal.RoomIdAsync(api, first), await portal.RoomIdAsync(api, second) },
                (await portal.GetAsync(api, $"/api/v1/batches/{made.Id}")).GetProperty("roomIds").EnumerateArray().Select(x => x.GetString()!).ToHashSet());
        portal.FreeRooms.Push(second);
        await portal.PostAsync(api, "/api/v1/rooms/include", $$"""{"roomIds":["{{excludedId}}"]}""");
        portal.FreeRooms.Push(excluded);
    }
}
