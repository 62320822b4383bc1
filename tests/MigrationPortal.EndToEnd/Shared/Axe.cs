using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

internal static class Axe
{
    /// <summary>Once the page has its data: nothing that axe calls serious or critical.</summary>
    public static async Task HasNoSeriousFindingAsync(this IPage page)
    {
        await page.Locator("main h1").WaitForAsync();
        // While a page becomes interactive its head is drawn anew: for a moment it has no title. The button that opened a dialog is busy until that closes.
        await page.WaitForFunctionAsync("() => document.title && !(document.querySelector('.mud-dialog') ?? document).querySelector('[aria-busy=true]')");
        await JudgeAsync(page);
    }

    /// <summary>With a dialog or a menu open: the button that opened it is busy until it closes.</summary>
    public static async Task HasNoSeriousFindingWhileOpenAsync(this IPage page, string opened)
    {
        await page.Locator(opened).First.WaitForAsync();
        await JudgeAsync(page);
    }

    private static async Task JudgeAsync(IPage page)
    {
        // Colours on their way from one theme to the other are nobody's: wait until they have arrived. What runs for ever has no end to wait for.
        await page.WaitForFunctionAsync(
            "() => document.getAnimations().every(x => x.playState !== 'running' || x.effect?.getComputedTiming().endTime === Infinity)");
        var result = await page.RunAxe();
        var found = result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Nodes[0].Html} {string.Join(' ', v.Nodes[0].Any.Select(x => x.Message))}").ToList();
        Assert.True(found.Count == 0, $"{page.Url}\n{string.Join('\n', found)}");
    }
}
