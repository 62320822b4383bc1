using System.Text.Json;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The portal dies while four people have a batch open that is being run: nothing is lost, and everything goes on without them.</summary>
[Collection(PortalCollection.Name)]
public sealed class KilledPortalTests
{
    // So that the run is not over before the portal is.
    private const int MessagesPerSecond = 2;

    [Fact]
    public async Task Portal_KilledUnderARunThatFourPeopleWatch_ComesBackWithAllOfThemAndTheRunGoesOn()
    {
        var portal = new RunningPortal { Settings = { ["Runs__MessagesPerSecond"] = $"{MessagesPerSecond}" } };
        await portal.InitializeAsync();
        try
        {
            using var starter = portal.Api("operator");
            var (id, _) = await portal.ApprovedBatchAsync("Killed under four people");
            var pages = new List<IPage>();
            foreach (var persona in new[] { "planner", "approver", "operator", "auditor" })
                pages.Add(await OpenAsync(portal, persona, id));
            foreach (var page in pages)
                await Expect(Here(page)).ToHaveCountAsync(pages.Count);
            await portal.PostAsync(starter, $"/api/v1/batches/{id}/start", "{}");
            foreach (var page in pages)
                await Expect(page.Locator(".badge", new() { HasText = "Running" }).First).ToBeVisibleAsync();
            await pages[1].Locator("#comment[data-live]").FillAsync("Typed before the portal died");
            await CopiedAsync(portal, starter, id, atLeast: 1);
            var before = await portal.GetAsync(starter, $"/api/v1/batches/{id}/timeline");

            var loaded = pages.ConvertAll(page => page.LoadsAgainAsync());

            await portal.KillAsync();

            // Nobody loads a page again: their browsers do.
            await Task.WhenAll(loaded);
            foreach (var page in pages)
                await Expect(Here(page)).ToHaveCountAsync(pages.Count);
            await Expect(pages[1].Locator("#comment[data-live]")).ToHaveValueAsync("Typed before the portal died");
            await pages[1].Locator("#comment[data-live]").SendByKeysAsync();
            await Expect(pages[0].GetByRole(AriaRole.Log)).ToContainTextAsync("Typed before the portal died");

            // Another process has the run by then, where the first one left it.
            await portal.PostAsync(starter, $"/api/v1/batches/{id}/throttle", """{"messagesPerSecond":1000}""");
            foreach (var page in pages)
                await Expect(page.Locator(".badge", new() { HasText = "Completed" }).First).ToBeVisibleAsync();
            await ProveAsync(portal, starter, id, before);
        }
        finally
        {
            await portal.DisposeAsync();
        }
    }

    // Each message once, one run, and everything of the timeline that was there before.
    private static async Task ProveAsync(RunningPortal portal, HttpClient api, string id, JsonElement before)
    {
        var transfer = Assert.Single((await portal.GetAsync(api, $"/api/v1/batches/{id}/transfers")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Done", transfer.GetProperty("totalMessageCount").GetInt64()), (transfer.GetProperty("state").GetString(), transfer.GetProperty("copiedMessageCount").GetInt64()));
        Assert.Equal("Perfect", (await portal.GetAsync(api, $"/api/v1/batches/{id}/verification")).GetProperty("grade").GetString());
        Assert.Single((await portal.GetAsync(api, $"/api/v1/batches/{id}/runs")).GetProperty("items").EnumerateArray());
        var after = Ids(await portal.GetAsync(api, $"/api/v1/batches/{id}/timeline"));
        Assert.Subset(after, Ids(before));
    }

    private static HashSet<string?> Ids(JsonElement timeline) => [.. timeline.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetString())];

    private static ILocator Here(IPage page) => page.Locator(".here .sheet li");

    private static async Task<IPage> OpenAsync(RunningPortal portal, string persona, string id)
    {
        var page = await portal.SignInAsync(persona);
        await page.GotoAsync($"/batches/{id}");
        return page;
    }

    private static async Task CopiedAsync(RunningPortal portal, HttpClient api, string id, long atLeast)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var tried = 0; tried < 300; tried++)
        {
            var transfer = (await portal.GetAsync(api, $"/api/v1/batches/{id}/transfers")).GetProperty("items").EnumerateArray().First();
            if (transfer.GetProperty("copiedMessageCount").GetInt64() >= atLeast)
            {
                Assert.NotEqual("Done", transfer.GetProperty("state").GetString());
                return;
            }

            await timer.WaitForNextTickAsync();
        }

        Assert.Fail("Nothing was copied.");
    }
}
