using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

internal static class Axe
{
    // In the page itself, which has no frames: the package for Playwright opens one more page for each judgement. What is right is not described, which takes axe
    // longer than to find what is wrong.
    private const string Judge = """
        async rules => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) });
          return violations.filter(x => ["serious", "critical"].includes(x.impact)).map(x => `${x.id}: ${x.nodes[0].html} ${x.nodes[0].any.map(y => y.message).join(" ")}`);
        }
        """;

    private static readonly string _script = new BundledAxeScriptProvider().GetScript();

    // What differs between the themes.
    private static readonly string[] _colours = ["color-contrast"];

    /// <summary>Once the page has its data: nothing that axe calls serious or critical.</summary>
    public static async Task HasNoSeriousFindingAsync(this IPage page)
    {
        await page.SettleAsync();
        IsNothing(await page.FindSeriousAsync());
    }

    /// <summary>With a dialog or a menu open: the button that opened it is busy until it closes.</summary>
    public static async Task HasNoSeriousFindingWhileOpenAsync(this IPage page, string opened)
    {
        await page.Locator(opened).First.WaitForAsync();
        IsNothing(await page.FindSeriousAsync());
    }

    /// <param name="opened">A dialog or a menu that is open; null where the page itself is judged.</param>
    public static async Task HasNoSeriousFindingInBothThemesAsync(this IPage page, string? opened = null) => IsNothing(await page.FindSeriousInBothThemesAsync(opened));

    /// <summary>Opens a dialog by its button, and closes it by its key.</summary>
    /// <param name="at">Which one of several such buttons.</param>
    public static async Task DialogHasNoSeriousFindingAsync(this IPage page, string button, int at = 0)
    {
        await page.SettleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = button }).Nth(at).ClickAsync();
        await page.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await page.CloseByEscapeAsync();
    }

    /// <summary>By all rules in light, and by the contrast of colours in dark. Cheaper than two visits; the page is in light again afterwards.</summary>
    public static async Task<IReadOnlyList<string>> FindSeriousInBothThemesAsync(this IPage page, string? opened = null)
    {
        if (opened is null)
            await page.SettleAsync();
        else
            await page.Locator(opened).First.WaitForAsync();
        var found = await page.FindSeriousAsync();
        await page.KeepAsync(ColorScheme.Light);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.theme === 'dark'");
        var inDark = await page.FindSeriousAsync(_colours);
        await page.KeepAsync(ColorScheme.Dark);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.theme !== 'dark'");
        return [.. found, .. inDark.Select(x => $"in dark: {x}")];
    }

    public static async Task<IReadOnlyList<string>> FindSeriousAsync(this IPage page, string[]? rules = null)
    {
        // Colours on their way from one theme to the other are nobody's: wait until they have arrived. What runs for ever, or with a scrolled part, has no end to wait for.
        await page.WaitForFunctionAsync(
            "() => document.getAnimations().every(x => x.playState !== 'running' || x.timeline !== document.timeline || x.effect?.getComputedTiming().endTime === Infinity)");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(_script);
        return [.. (await page.EvaluateAsync<string[]>(Judge, rules)).Select(x => $"{page.Url}: {x}")];
    }

    /// <summary>Fails with each finding in full, which an assertion about a list would shorten.</summary>
    public static void IsNothing(IReadOnlyCollection<string> found) => Assert.True(found.Count == 0, string.Join('\n', found));
}
