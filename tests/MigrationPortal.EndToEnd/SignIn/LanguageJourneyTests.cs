using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>The frame and the pages about people speak the language that somebody chose, and go on speaking it.</summary>
[Collection(PortalCollection.Name)]
public sealed class LanguageJourneyTests(RunningPortal portal)
{
    [Fact]
    public async Task Language_ChosenInTheMenu_HoldsForTheFrameThroughChangesAndMoves()
    {
        var page = await portal.SignInAsync("administrator");
        await page.GotoAsync("/me?pair=tiny");
        var nav = page.Locator("nav.mud-navmenu");
        await Expect(nav).ToContainTextAsync("Rooms");
        await Expect(page.Locator("[data-own-session]").First).ToBeVisibleAsync();
        await page.Locator(".person button").ClickAsync();
        await page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(nav).ToContainTextAsync("Chatrooms");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/me\\?pair=tiny$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Meine Sitzungen" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-own-session]").First).ToHaveTextAsync("diese Sitzung");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await page.HasNoSeriousFindingAsync();

        // Inside the open page to another one, and something changes meanwhile: the frame is drawn again by others' news.
        await nav.GetByRole(AriaRole.Link, new() { Name = "Chatrooms" }).ClickAsync();
        await Expect(page.Locator("main h1")).ToContainTextAsync("Chatrooms");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("lang", "de");
        await portal.ScanAsync();
        await Expect(page.Locator("header.top")).ToContainTextAsync("Gescannt gerade eben");
        await Expect(nav).ToContainTextAsync("Chatrooms");
        // The choice stays with the person, who is the administrator of other journeys, too.
        await page.Locator(".person button").ClickAsync();
        await page.GetByRole(AriaRole.Menuitemradio, new() { Name = "English" }).ClickAsync();
        await Expect(nav).ToContainTextAsync("Rooms");
        await page.Context.DisposeAsync();
    }
}
