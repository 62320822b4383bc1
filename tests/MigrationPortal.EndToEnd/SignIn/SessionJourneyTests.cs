using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.SignIn.ActiveDirectory;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>What becomes of pages that are open while the session or the rights behind them change, and nobody touches them.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class SessionJourneyTests(RunningPortal browsers, SignInPortals portals) : IClassFixture<SignInPortals>
{
    [Fact]
    public async Task OpenPage_SessionExpires_GoesToSignInAndComesBackAfterwards()
    {
        var portal = await portals.OfPersonasAsync();
        var page = await portal.PageAsync(browsers);
        await SignInAsync(page, "planner");
        await Expect(page.Locator("[data-own-session]")).ToBeVisibleAsync();
        await portal.SqlAsync("update portal.sessions set expires_at = now()");
        await Expect(page).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Fme");
        await page.Locator("button[value=planner]").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{portal.Address}/me");
    }

    [Fact]
    public async Task OpenPages_SessionRevokedElsewhere_AllGoToSignIn()
    {
        var portal = await portals.OfPersonasAsync();
        var first = await portal.PageAsync(browsers);
        await SignInAsync(first, "planner");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/audit");
        await Expect(second.Locator("main h1")).ToBeVisibleAsync();

        var elsewhere = await portal.PageAsync(browsers);
        await SignInAsync(elsewhere, "planner");
        // The sessions come with the circuit: a button that is pressed before it does nothing yet.
        await elsewhere.SettleAsync();
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere…" }).ClickAsync();
        await elsewhere.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        // Whichever is first: the page that asked leaves by itself, or is told like the others.
        await Expect(elsewhere).ToHaveURLAsync(SignIn());
        await Expect(first).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Fme");
        await Expect(second).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Faudit");
    }

    [DomainFact]
    public async Task OpenPages_GroupGiven_AllHaveItsRoleWithoutReload()
    {
        var domain = await TestDomain.GetAsync();
        var portal = await portals.OfDomainAsync();
        var first = await portal.PageAsync(browsers);
        await first.GotoAsync("/signin?returnUrl=%2Faudit");
        await first.Locator("#user").FillAsync("joiner1");
        await first.Locator("#password").FillAsync(TestDomain.Password);
        await first.Locator("form button[type=submit]").ClickAsync();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/audit");
        foreach (var page in new[] { first, second })
            await Expect(page.Locator(".person")).ToContainTextAsync("Viewer");

        await domain.ChangeAsync("group", "addmembers", "Portal-Operators", "joiner1");
        foreach (var page in new[] { first, second })
            await Expect(page.Locator(".person")).ToContainTextAsync("Operator");
    }

    private static async Task SignInAsync(IPage page, string persona)
    {
        await page.GotoAsync("/signin?returnUrl=%2Fme");
        await page.Locator($"button[value={persona}]").ClickAsync();
        await page.IsAtAsync("/me$");
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/signin(?:\?returnUrl=%2Fme)?$", RegexOptions.None, 1000)]
    private static partial Regex SignIn();
}
