using System.Collections.Concurrent;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>
/// On a phone nothing is out of reach, in no language: a page is as wide as its window, what is wider scrolls inside it, and a text that is cut says so with dots.
/// The page's main part hides what runs over its edge, so that the document's own width shows nothing.
/// </summary>
[Collection(PortalCollection.Name)]
public sealed class OverflowTests(RunningPortal portal)
{
    private static readonly string[] _languages = ["en", "de", "es"];

    private const string Faults = """
        () => {
          const found = [];
          const name = x => `${x.tagName.toLowerCase()} "${x.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}"`;
          const main = document.querySelector('main');
          if (document.documentElement.scrollWidth > innerWidth)
            found.push(`is ${document.documentElement.scrollWidth} px wide`);
          if (main.scrollWidth > main.clientWidth)
            found.push(`has a main part of ${main.scrollWidth} px in ${main.clientWidth}`);
          const scrolls = x => { for (let up = x.parentElement; up && up !== main; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return true; return false; };
          for (const x of document.querySelectorAll('main *, header *, .mud-dialog *, dialog[open] *')) {
            const box = x.getBoundingClientRect(), style = getComputedStyle(x);
            // Narrower than a letter: left to screen readers on purpose.
            if (box.width < 18 || box.height === 0 || style.visibility === 'hidden' || style.clipPath !== 'none' || x.closest('.sr-only, svg'))
              continue;
            const isText = [...x.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
            const edge = Math.min(innerWidth, x.closest('.card, .mud-dialog')?.getBoundingClientRect().right ?? innerWidth);
            if (isText && box.right > edge + 1 && !scrolls(x))
              found.push(`runs over the edge with ${name(x)}`);
            const isTight = x.scrollWidth > x.clientWidth + 1 && style.textOverflow !== 'ellipsis';
            if (isTight && (x.matches('button, .btn, .chip, .badge') || isText && ['hidden', 'clip'].includes(style.overflowX)))
              found.push(`cuts ${name(x)}`);
          }
          return [...new Set(found)];
        }
        """;

    [Fact]
    public async Task Pages_OnAPhone_RunOverNoEdgeAndCutNoTextWithoutDots_InAnyLanguage()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Narrow");
        var person = (await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/principals?take=1")).GetProperty("items")[0].GetProperty("guid").GetString()!;
        var reader = await portal.SignInAsync("administrator");
        var state = await reader.Context.StorageStateAsync();
        var faults = new ConcurrentBag<string>();
        // One window a language goes through all of them: what the pages share is read once.
        await Parallel.ForEachAsync(_languages, async (language, _) =>
        {
            await using var context = await NewPhoneAsync(state, language);
            var page = await context.NewPageAsync();
            foreach (var url in EveryPage.Of(batch.Id, "1", person))
            {
                await OpenAsync(page, url);
                Assert.Equal(language, await page.Locator("main").GetAttributeAsync("lang"));
                foreach (var fault in await page.EvaluateAsync<string[]>(Faults))
                    faults.Add($"{url} in {language} {fault}");
            }
        });
        await ReadInEnglishAsync(state);
        await reader.Context.DisposeAsync();
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Dialogs_OnAPhone_CutNoTextWithoutDots_InGerman()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Narrow dialogs");
        var planner = await portal.SignInAsync("planner");
        var state = await planner.Context.StorageStateAsync();
        await using var context = await NewPhoneAsync(state, "de");
        var page = await context.NewPageAsync();
        await OpenAsync(page, $"/batches/{batch.Id}");
        foreach (var button in new[] { "Umbenennen…", "Löschen…", "Zur Kenntnis nehmen…" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
            await Expect(page.Locator(".mud-dialog button[type=submit]")).ToBeVisibleAsync();
            Assert.Equal((button, ""), (button, string.Join(", ", await page.EvaluateAsync<string[]>(Faults))));
            await page.CloseByEscapeAsync();
        }

        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog#keys[open]")).ToBeVisibleAsync();
        var box = (await page.Locator("dialog#keys").BoundingBoxAsync())!;
        Assert.Equal(390 / 2, box.X + box.Width / 2, 1.0);
        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
        await ReadInEnglishAsync(state);
        await planner.Context.DisposeAsync();
    }

    // What is known of the person from now on, as before.
    private async Task ReadInEnglishAsync(string state)
    {
        await using var context = await NewPhoneAsync(state, "en");
        await OpenAsync(await context.NewPageAsync(), "/");
    }

    private async Task<IBrowserContext> NewPhoneAsync(string state, string language)
    {
        var context = await portal.Browser.OpenAsync(new() { BaseURL = portal.Address, StorageState = state, ViewportSize = new() { Width = 390, Height = 900 } });
        await context.AddCookiesAsync([new() { Name = "language", Value = language, Url = portal.Address }]);
        return context;
    }

    private static async Task OpenAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
        await page.SettleAsync();
    }
}
