using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The overview of somebody who does nothing follows what others do.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class OverviewTests(RunningPortal portal)
{
    [Fact]
    public async Task Cards_WhileAnotherPersonsRunCopies_FollowItToItsEndWithoutAReload()
    {
        const string Name = "Seen from the overview";
        var (id, _) = await portal.ApprovedBatchAsync(Name);
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/");
        await Expect(page.GetByText("No batch is running.")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.isTheSamePage = true; }");
        await portal.LimitSpeedAsync(5);
        try
        {
            using var op = portal.Api("operator");
            await portal.PostAsync(op, $"/api/v1/batches/{id}/start", "{}");
            var card = page.Locator(".running .moving", new() { HasText = Name });
            await Expect(card).ToBeVisibleAsync();
            // Some messages are there, then more.
            await Expect(card.Locator(".bar i.run")).ToHaveAttributeAsync("style", Some());
            var some = await card.Locator(".bar i.run").GetAttributeAsync("style");
            await Expect(card.Locator(".bar i.run")).Not.ToHaveAttributeAsync("style", some!);
            await portal.LimitSpeedAsync(null);
            await Expect(card).ToHaveCountAsync(0);
            await Expect(page.Locator(".activity li", new() { HasText = Name }).First).ToBeVisibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => window.isTheSamePage === true"));
        }
        finally
        {
            await portal.LimitSpeedAsync(null);
        }
    }

    [GeneratedRegex("width: ?[1-9]", RegexOptions.None, 1000)]
    private static partial Regex Some();
}
