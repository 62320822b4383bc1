using System.Net;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn.OpenIdConnect;

namespace MigrationPortal.Tests.SignIn;

/// <summary>Two nodes over one portal database behind a plain proxy: people notice neither that there are two nor that one goes.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task SignIn_OnOneNode_GoesOnAtTheOther_AndSurvivesItsEnd()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        var first = await PortalApp.StartNodeAsync(database);
        await using var second = await PortalApp.StartNodeAsync(database);
        await using var proxy = new PlainProxy(first.Address, second.Address);
        using var browser = new PersonBrowser(proxy.Address);
        browser.Http.DefaultRequestHeaders.ConnectionClose = true;

        // The form comes from one node and goes to the other.
        using var answer = await browser.SubmitAsync("signin", "signin/persona", new() { ["persona"] = "planner" });
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        for (var request = 0; request < 4; request++)
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("api/v1/me"));
        Assert.Equal(2, proxy.Connections.Count);

        await first.DisposeAsync();
        for (var request = 0; request < 4; request++)
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("api/v1/me"));
    }

    [ProviderFact]
    public async Task ProviderSignIn_BegunOnOneNode_EndsOnTheOther()
    {
        var settings = (await TestProvider.GetAsync()).Settings();
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var first = await PortalApp.StartNodeAsync(database, settings);
        await using var second = await PortalApp.StartNodeAsync(database, settings);
        using var journey = new ProviderJourney(first);
        var callback = new Uri(await journey.ToCallbackAsync("anna:Approver"));
        using var browser = new PersonBrowser(second.Address);
        foreach (var cookie in journey.Browser.Cookies.GetCookies(new Uri(first.Address, "signin-oidc")).Cast<Cookie>())
            browser.Cookies.Add(second.Address, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        // The provider insists that the code comes with the address it was asked for: a proxy gives both nodes one name.
        using var request = new HttpRequestMessage(HttpMethod.Get, $"signin-oidc{callback.Query}");
        request.Headers.Host = first.Address.Authority;
        using var answer = await browser.Http.SendAsync(request);
        Assert.Equal("/rooms", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignOut_OnOneNode_IsSoOnTheOther()
    {
        await using var database = await TestDatabase.CreatePortalAsync();
        await using var first = await PortalApp.StartNodeAsync(database);
        await using var second = await PortalApp.StartNodeAsync(database);
        using var browser = await PersonBrowser.SignedInAsync(first, "planner");
        using var there = new PersonBrowser(second.Address);
        there.Cookies.Add(second.Address, new Cookie("portal", browser.Cookie("portal")));
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync("api/v1/me"));
        using var answer = await browser.SubmitAsync("denied", "signout", []);
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync("api/v1/me"));
    }
}
