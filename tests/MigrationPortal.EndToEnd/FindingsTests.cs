using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>A finding stands beside what settles it: the button takes the rooms out, or gives the option another value, and the finding is gone.</summary>
[Collection(PortalCollection.Name)]
public sealed class FindingsTests(RunningPortal portal)
{
    private const string Finding = "1 room has messages by unknown authors";

    [Fact]
    public async Task Blocker_ItsRoomsTakenOutByItsButton_IsGone()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "A room is taken out", await portal.BlockedRoomAsync());
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        await Expect(Blocker(page)).ToHaveCountAsync(1);
        await page.KeepAsync("finding");

        await Blocker(page).GetByRole(AriaRole.Button, new() { Name = "Remove 1 room…" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("Remove 1 room from the batch?");
        await page.ConfirmAsync();

        await Expect(Blocker(page)).ToHaveCountAsync(0);
        await Expect(page.Locator("#findings")).ToContainTextAsync("no blockers");
        await Expect(page.GetByText(Finding)).ToHaveCountAsync(0);
        var left = (await portal.GetAsync(api, $"/api/v1/batches/{batch.Id}")).GetProperty("roomIds");
        Assert.Equal(await portal.RoomIdAsync(api, batch.Room), Assert.Single(left.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Blocker_ItsOptionSetByItsButton_BlocksNoLongerAndTheOptionIsMarked()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "An option is set", await portal.BlockedRoomAsync());
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");

        await Blocker(page).GetByRole(AriaRole.Button, new() { Name = "Set option: Unknown authors" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("get a placeholder author");
        await page.ConfirmAsync();

        // What the option does is a warning, which a person answers for.
        await Expect(Group(page, "warn")).ToHaveCountAsync(1);
        await Expect(Blocker(page)).ToHaveCountAsync(0);
        await Expect(page.Locator("#findings")).ToContainTextAsync("no blockers");
        await page.AcknowledgeAllAsync("Agreed with the desk");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Submit for review" })).ToBeEnabledAsync();
        await page.GotoAsync($"/batches/{batch.Id}?tab=options");
        await Expect(page.Locator(".option.is-set")).ToHaveCountAsync(1);
        await Expect(page.Locator(".option.is-set")).ToContainTextAsync("Messages of an author whom the legacy pool does not know");
    }

    private static ILocator Blocker(IPage page) => Group(page, "bad");

    private static ILocator Group(IPage page, string severity) => page.Locator($"#findings .group:has(.glyph.{severity})", new() { HasText = Finding });
}
