using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Every list without a mouse: j and k move and take the focus along, Enter opens; and a dialog gives the focus back.</summary>
[Collection(PortalCollection.Name)]
public sealed class KeyboardTests(RunningPortal portal)
{
    [Theory]
    [InlineData("/rooms", "/rooms/")]
    [InlineData("/people", "/people/")]
    [InlineData("/batches", "/batches/")]
    [InlineData("/batches?view=board", "/batches/")]
    [InlineData("/batches/{batch}?tab=rooms", "/rooms/")]
    [InlineData("/audit", null)]
    [InlineData("/me", null)]
    [InlineData("/administration/roles", null)]
    public async Task List_MovedInByKeys_TakesTheFocusAlongAndOpensTheRow(string url, string? opened)
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, $"By keys {url}");
        await using var another = await portal.MovableBatchAsync(api, $"By keys {url}, another");
        var page = await portal.SignInAsync("auditor");
        await page.GotoAsync(url.Replace("{batch}", batch.Id, StringComparison.Ordinal));
        var rows = page.Locator("[data-rows] [data-row]");
        await Expect(rows.First).ToBeVisibleAsync();
        await page.SettleAsync();

        // The batch has one room: past its row nothing moves.
        await MoveAsync(page, ("j", 0), ("j", url.Contains("{batch}", StringComparison.Ordinal) ? 0 : 1), ("k", 0));
        if (opened is not null)
        {
            await page.Keyboard.PressAsync("Enter");
            await page.IsAtAsync($"//[^/]+{opened}");
        }

        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Runs_ReachedAndMovedInByKeys_OpenTheRunThatHasTheFocus()
    {
        using var api = portal.Api("operator");
        List<string> runs = [];
        foreach (var name in new[] { "By keys among runs", "By keys among runs, another" })
            runs.Insert(0, await portal.RunAsync(api, (await portal.ApprovedBatchAsync(name)).Id));
        var page = await portal.SignInAsync("auditor");
        await page.GotoAsync("/");
        await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]') && !document.querySelector('.is-waiting')");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("n");
        await page.IsAtAsync("//[^/]+/runs");
        await Expect(page.Locator("[data-rows] [data-row]").Nth(1)).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]') && !document.querySelector('.is-waiting')");

        // The newest stands first.
        await MoveAsync(page, ("j", 0), ("j", 1), ("k", 0), ("j", 1));
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync($"/runs/{runs[1]}([?]|$)");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Inbox_MovedInByKeys_ShowsTheLineThatHasTheFocusAndOpensIt()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "By keys in the inbox");
        await using var another = await portal.MovableBatchAsync(api, "By keys in the inbox, another");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/inbox");
        var rows = page.Locator("[data-rows] [data-row]");
        // The first is shown before anybody has chosen, so that the first key leads to the second.
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        await page.SettleAsync();
        await MoveAsync(page, ("j", 1));
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await MoveAsync(page, ("k", 0));
        await Expect(rows.First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync("^(?!.*/inbox)");
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("/rooms")]
    [InlineData("/people")]
    [InlineData("/batches")]
    public async Task Row_OpenedRightAfterAMove_StaysOpen(string url)
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, $"Opened at once {url}");
        var page = await portal.SignInAsync("auditor");
        await page.GotoAsync(url);
        await page.SettleAsync();
        await Expect(page.Locator("[data-rows] [data-row]").First).ToBeVisibleAsync();
        // In one step, so that nothing of the portal comes between the key and the click.
        var opened = await page.EvaluateAsync<string>("""
            () => {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
                const name = document.activeElement.textContent.trim();
                document.activeElement.click();
                return name;
            }
            """);
        await Expect(page.Locator("h1")).ToContainTextAsync(opened);
        Assert.StartsWith($"{url}/", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Dialog_ClosedByKey_GivesTheFocusBackToItsButton()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Named again");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        var rename = page.GetByRole(AriaRole.Button, new() { Name = "Rename" });
        await Expect(rename).ToBeEnabledAsync();
        await page.SettleAsync();
        await rename.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".mud-dialog input")).ToBeFocusedAsync();
        await page.CloseByEscapeAsync();
        await Expect(rename).ToBeFocusedAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Dialog_WhoseFocusIsGone_IsClosedByKeyAllTheSame()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Named again without focus");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog input")).ToBeFocusedAsync();
        // As when the element that has it is drawn no more.
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await page.Context.DisposeAsync();
    }

    private static async Task MoveAsync(IPage page, params (string Key, int Row)[] moves)
    {
        foreach (var (key, row) in moves)
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator("[data-rows] [data-row]:focus-within")).ToHaveCountAsync(1);
            await page.WaitForFunctionAsync("row => document.querySelectorAll('[data-rows] [data-row]')[row].matches(':focus-within')", row);
        }
    }
}
