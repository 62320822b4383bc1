using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Batches and their review without a mouse, without a jump, and with others looking on.</summary>
[Collection(PortalCollection.Name)]
public sealed class BatchesTests(RunningPortal portal)
{
    [Fact]
    public async Task Keys_InTheListOfBatches_MoveSelectAndOpen()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "By keyboard");
        var id = batch.Id;
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/batches");
        var rows = page.Locator("tr[data-row]");
        await Expect(rows.First).ToBeVisibleAsync();
        await page.SettleAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await page.IsAtAsync("[?&]batch=");
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByText("1 batch selected")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText("1 batch selected")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync("//[^/]+/batches/");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Batch_AnotherPersonOpensAndClosesIt_IsSeenInItsHead()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Together");
        var id = batch.Id;
        var planner = await portal.SignInAsync("planner");
        var viewer = await portal.SignInAsync("viewer");
        await planner.GotoAsync($"/batches/{id}");
        await viewer.GotoAsync($"/batches/{id}");
        await Expect(planner.Locator(".here .sheet li")).ToHaveCountAsync(2);
        await viewer.Context.DisposeAsync();
        await Expect(planner.Locator(".here .sheet li")).ToHaveCountAsync(1);
        await planner.Context.DisposeAsync();
    }
}
