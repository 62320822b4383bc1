using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.SignIn.OpenIdConnect;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.SignIn;

/// <summary>Signing out at the provider, from another of its applications, reaches the portal's open page by the provider's frame.</summary>
[Collection(PortalCollection.Name)]
public sealed class ProviderSignOutJourneyTests(RunningPortal browsers)
{
    [ProviderFact]
    public async Task SignOut_AtTheProvider_TakesTheOpenPortalAlong()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await SignInPortal.StartAsync(provider.Settings());
        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/signin?returnUrl=%2Fme");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Microsoft Entra ID" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync("anna:Approver");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("[data-own-session]")).ToBeVisibleAsync();

        var elsewhere = await page.Context.NewPageAsync();
        var blocked = new List<string>();
        elsewhere.Console += (_, message) => blocked.Add(message.Text);
        var framed = await elsewhere.RunAndWaitForResponseAsync(() => elsewhere.GotoAsync($"{provider.Authority}/session/end"), x => x.Url.Contains("/signout-oidc?", StringComparison.Ordinal));
        Assert.Equal(200, framed.Status);
        await Expect(page).ToHaveURLAsync($"{portal.Address}/signin?returnUrl=%2Fme");
        Assert.DoesNotContain(blocked, x => x.Contains("frame", StringComparison.OrdinalIgnoreCase));
    }
}
