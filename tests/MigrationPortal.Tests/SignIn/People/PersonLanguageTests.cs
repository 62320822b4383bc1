using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.People;

/// <summary>A person reads the same language in every browser.</summary>
public sealed class PersonLanguageTests
{
    [Fact]
    public async Task Language_ChosenInOneBrowser_IsThereInTheNext()
    {
        await using var portal = await PortalApp.StartAsync();
        using var first = await PersonBrowser.SignedInAsync(portal, "viewer");
        using (await first.GetAsync("language?lang=de&returnUrl=/me"))
        {
        }

        using var second = await PersonBrowser.SignedInAsync(portal, "viewer");
        Assert.Equal("de", await LanguageAsync(second));
        using var other = await PersonBrowser.SignedInAsync(portal, "planner");
        Assert.Equal("en", await LanguageAsync(other));
    }

    [Fact]
    public async Task Language_ChosenOnTheWayToSignIn_CountsMoreThanTheOneBefore()
    {
        await using var portal = await PortalApp.StartAsync();
        using var first = await PersonBrowser.SignedInAsync(portal, "viewer");
        using (await first.GetAsync("language?lang=de&returnUrl=/me"))
        {
        }

        using var second = new PersonBrowser(portal.Address);
        using (await second.SubmitAsync("signin?lang=es", "signin/persona", new() { ["persona"] = "viewer" }))
        {
        }

        Assert.Equal("es", await LanguageAsync(second));
        using var third = await PersonBrowser.SignedInAsync(portal, "viewer");
        Assert.Equal("es", await LanguageAsync(third));
    }

    private static async Task<string> LanguageAsync(PersonBrowser browser)
    {
        using var answer = await browser.GetAsync("me");
        var page = await answer.Content.ReadAsStringAsync();
        return page.Split("<html lang=\"", 2)[1][..2];
    }
}
