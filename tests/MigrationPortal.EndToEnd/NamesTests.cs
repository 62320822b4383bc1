using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;

namespace MigrationPortal.EndToEnd;

/// <summary>A long name loses its middle where it has no room: its end, which tells it from others, is seen at any width.</summary>
[Collection(PortalCollection.Name)]
public sealed class NamesTests(RunningPortal portal)
{
    // Whether a part of the name is cut, and whether its end is inside of everything that cuts.
    private const string Seen = """
        name => {
          const found = [...document.querySelectorAll("td .mid")].find(x => x.title === name);
          const [head, tail] = found.querySelectorAll("i");
          const end = tail.getBoundingClientRect();
          const cuts = x => x && (["hidden", "clip"].includes(getComputedStyle(x).overflowX) && x.getBoundingClientRect().right < end.right - 1 || cuts(x.parentElement));
          return [head.scrollWidth > head.clientWidth, end.width > 0 && tail.scrollWidth <= tail.clientWidth + 1 && !cuts(tail.parentElement)];
        }
        """;

    [Fact]
    public async Task Name_LongerThanItsCell_ShowsItsEndAtAnyWidth()
    {
        const string Name = "Trading desks of London, Frankfurt, New York and Singapore with their back offices, second wave";
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, Name);
        var page = await portal.SignInAsync("viewer");
        foreach (var width in new[] { 390, 768, 1440 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.GotoAsync("/batches");
            await page.SettleAsync();
            await page.WaitForFunctionAsync("name => [...document.querySelectorAll('td .mid')].some(x => x.title === name)", Name);
            var seen = await page.EvaluateAsync<bool[]>(Seen, Name);
            Assert.True(seen[1], $"The end of the name is not seen at {width} px.");
            Assert.True(seen[0] || width == 1440, $"Nothing of the name is cut at {width} px: this test needs a longer one.");
        }
    }
}
