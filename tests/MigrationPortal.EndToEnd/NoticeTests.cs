using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What just happened is said where it covers nothing, and can be undone there with the keyboard.</summary>
[Collection(PortalCollection.Name)]
public sealed class NoticeTests(RunningPortal portal)
{
    // Both as people see them: what is scrolled out of sight, or lies under something else by design, is not counted.
    private const string Covered = """
        () => {
            const over = [...document.querySelectorAll('.mud-snackbar')].map(x => x.getBoundingClientRect());
            const buttons = [...document.querySelectorAll('main a, main button, main select, main input')].filter(x => x.checkVisibility());
            const clip = document.getElementById('main').getBoundingClientRect();
            return buttons.filter(x => {
                const b = x.getBoundingClientRect();
                if (b.bottom <= clip.top || b.top >= clip.bottom) return false;
                return over.some(o => Math.min(b.bottom, clip.bottom) > o.top && b.top < o.bottom && b.right > o.left && b.left < o.right);
            }).map(x => x.outerHTML.slice(0, 120));
        }
        """;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Notice_OverAFullList_CoversNoButtonAndIsUndoneByKey(int width, int height)
    {
        var planner = await portal.SignInAsync("planner");
        await planner.SetViewportSizeAsync(width, height);
        await planner.GotoAsync("/rooms?comparison=OnlyLegacy&fit=Exclude.Fitting&take=200");
        await planner.SettleAsync();
        var box = planner.Locator("tr[data-row] input").Last;
        await box.CheckAsync();
        await planner.GetByRole(AriaRole.Button, new() { Name = "Exclude…" }).ClickAsync();
        await planner.Locator(".mud-dialog textarea:visible").First.FillAsync("Nobody needs it any more");
        await planner.Locator(".mud-dialog button[type=submit]").Last.ClickAsync();

        var notice = planner.Locator(".mud-snackbar");
        await Expect(notice).ToContainTextAsync("1 room excluded");
        await Expect(planner.Locator(".mud-dialog")).ToHaveCountAsync(0);
        Assert.Empty(await planner.EvaluateAsync<string[]>(Covered));
        var undo = notice.GetByRole(AriaRole.Button, new() { Name = "Undo" });
        await undo.FocusAsync();
        await planner.Keyboard.PressAsync("Enter");
        await Expect(planner.Locator(".mud-snackbar", new() { HasText = "Undone" })).ToBeVisibleAsync();
        await planner.Context.DisposeAsync();
    }
}
