using System.Net;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>A token from the page to a program and back to nothing.</summary>
[Collection(PortalCollection.Name)]
public sealed class TokenJourneyTests(RunningPortal portal)
{

    [Fact]
    public async Task Token_MadeShownOnceUsedAndRevoked()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/me");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Planner" }).CheckAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("night report");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        var secret = (await page.Locator("[data-secret]").TextContentAsync())!.Trim();
        using var program = new HttpClient { BaseAddress = new Uri(portal.Address) };
        program.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Contains("\"planner\"", await program.GetStringAsync(new Uri("api/v1/me", UriKind.Relative)), StringComparison.Ordinal);

        await page.ReloadAsync();
        var row = page.Locator("tr", new() { HasText = "night report" });
        await Expect(row).ToBeVisibleAsync();
        await Expect(page.GetByText(secret)).Not.ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Expect(row.GetByText("revoked")).ToBeVisibleAsync();
        using var refused = await program.GetAsync(new Uri("api/v1/me", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await page.Context.DisposeAsync();
    }
}
