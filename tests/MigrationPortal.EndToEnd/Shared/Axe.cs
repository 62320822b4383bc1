using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Shared;

internal static class Axe
{
    /// <summary>Once the page has its data: nothing that axe calls serious or critical.</summary>
    public static async Task HasNoSeriousFindingAsync(this IPage page)
    {
        await page.Locator("main h1").WaitForAsync();
        // While a page becomes interactive its head is drawn anew: for a moment it has no title.
        await page.WaitForFunctionAsync("() => document.title && !document.querySelector('[aria-busy=true]')");
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{page.Url} {v.Id}: {v.Nodes[0].Html}"));
    }
}
