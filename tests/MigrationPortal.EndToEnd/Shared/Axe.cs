using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

internal static class Axe
{
    // What differs between the themes.
    private static readonly AxeRunOptions _colours = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    /// <summary>Once the page has its data: nothing that axe calls serious or critical.</summary>
    public static async Task HasNoSeriousFindingAsync(this IPage page)
    {
        await page.Locator("main h1").WaitForAsync();
        // While a page becomes interactive its head is drawn anew: for a moment it has no title. The button that opened a dialog is busy until that closes.
        await page.WaitForFunctionAsync("() => document.title && !document.querySelector('.frame.is-waiting') && !(document.querySelector('.mud-dialog') ?? document).querySelector('[aria-busy=true]')");
        await JudgeAsync(page);
    }

    /// <summary>With a dialog or a menu open: the button that opened it is busy until it closes.</summary>
    public static async Task HasNoSeriousFindingWhileOpenAsync(this IPage page, string opened)
    {
        await page.Locator(opened).First.WaitForAsync();
        await JudgeAsync(page);
    }

    /// <summary>By all rules in light, and by the contrast of colours in dark. Cheaper than two visits; the page is in light again afterwards.</summary>
    /// <param name="opened">A dialog or a menu that is open; null where the page itself is judged.</param>
    public static async Task HasNoSeriousFindingInBothThemesAsync(this IPage page, string? opened = null)
    {
        if (opened is null)
            await page.HasNoSeriousFindingAsync();
        else
            await page.HasNoSeriousFindingWhileOpenAsync(opened);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.theme === 'dark'");
        await JudgeAsync(page, _colours);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static async Task JudgeAsync(IPage page, AxeRunOptions? options = null)
    {
        // Colours on their way from one theme to the other are nobody's: wait until they have arrived. What runs for ever, or with a scrolled part, has no end to wait for.
        await page.WaitForFunctionAsync(
            "() => document.getAnimations().every(x => x.playState !== 'running' || x.timeline !== document.timeline || x.effect?.getComputedTiming().endTime === Infinity)");
        var result = await page.RunAxe(options);
        var found = result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Nodes[0].Html} {string.Join(' ', v.Nodes[0].Any.Select(x => x.Message))}").ToList();
        Assert.True(found.Count == 0, $"{page.Url}\n{string.Join('\n', found)}");
    }
}
