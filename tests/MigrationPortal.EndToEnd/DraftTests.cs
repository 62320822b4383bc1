using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What somebody typed and did not send is there after the page was loaded again, as it is when a circuit cannot come back.</summary>
[Collection(PortalCollection.Name)]
public sealed class DraftTests(RunningPortal portal)
{
    [Fact]
    public async Task Comment_PageIsLoadedAgainBeforeAndAfterSending_IsKeptAndThenGone()
    {
        using var api = portal.Api("planner");
        var (id, _) = await portal.MovableBatchAsync(api, "Drafted");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{id}");
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync("Half a thought");

        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("Half a thought");
        // The circuit has it, too: its button works.
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Half a thought");

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Half a thought");
        await Expect(field).ToHaveValueAsync("");
        // Whoever signs in next in this tab does not find it.
        await field.FillAsync("Another");
        await page.GotoAsync("/signin");
        await page.GotoAsync($"/batches/{id}");
        await Expect(field).ToHaveValueAsync("");
    }
}
