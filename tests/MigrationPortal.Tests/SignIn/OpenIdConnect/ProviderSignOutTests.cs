using System.Net;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>Signing out at the provider reaches the portal: by a frame in the browser, and by a token from the provider itself.</summary>
public sealed class ProviderSignOutTests
{
    private const string Me = "api/v1/me";

    [ProviderFact]
    public async Task Frame_OfTheRightIssuerAndSession_EndsThatSessionAlone()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var anna = await SignedInAsync(portal, "anna:Approver");
        using var ben = await SignedInAsync(portal, "ben:Viewer");
        var session = await SessionOfAsync(portal, "anna@contoso.example");
        // The frame is another site's: it brings no cookie.
        using var frame = new PersonBrowser(portal.Address);
        using var answer = await frame.GetAsync(FrameUrl(provider.Authority, session));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await anna.Browser.StatusAsync(Me));
        Assert.Equal(HttpStatusCode.OK, await ben.Browser.StatusAsync(Me));
        Assert.Equal("portal", await portal.Database.ScalarAsync<string>("select by from portal.audit_entries where action = 'SignedOutByProvider'"));
        Assert.Equal("signed out at the provider", await portal.Database.ScalarAsync<string>("select end_reason from portal.sessions where end_reason is not null"));
    }

    [ProviderFact]
    public async Task Frame_OfAnotherIssuerOrUnknownSession_DoesNothingAndSaysNothing()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var anna = await SignedInAsync(portal, "anna:Approver");
        var session = await SessionOfAsync(portal, "anna@contoso.example");
        using var frame = new PersonBrowser(portal.Address);
        foreach (var url in new[]
        {
            FrameUrl("https://evil.example", session), FrameUrl(provider.Authority + "/", session), FrameUrl(provider.Authority, "another"), FrameUrl(provider.Authority, new string('x', 2000)),
            $"signout-oidc?sid={session}", $"signout-oidc?iss={Uri.EscapeDataString(provider.Authority)}", "signout-oidc",
        })
            Assert.Equal(HttpStatusCode.OK, await frame.StatusAsync(url));
        Assert.Equal(HttpStatusCode.OK, await anna.Browser.StatusAsync(Me));
    }

    [ProviderFact]
    public async Task Frame_Alone_MayBeFramedAndByTheProviderAlone()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var browser = new PersonBrowser(portal.Address);
        using var frame = await browser.GetAsync("signout-oidc");
        Assert.Equal($"default-src 'none'; frame-ancestors http://localhost:{provider.Port}", Assert.Single(frame.Headers.GetValues("Content-Security-Policy")));
        Assert.False(frame.Headers.Contains("X-Frame-Options"));
        Assert.True(frame.Headers.CacheControl?.NoStore);
        foreach (var other in new[] { "signin", "signout-oidc/x", "signout-callback-oidc" })
        {
            using var answer = await browser.GetAsync(other);
            Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        }
    }

    [Fact]
    public async Task Frame_WithoutAProvider_IsNotThere()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        using var answer = await browser.GetAsync("signout-oidc");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
    }

    [ProviderFact]
    public async Task Token_OfTheProviderItself_EndsTheSession()
    {
        var provider = await TestProvider.GetAsync();
        var settings = provider.Settings();
        settings["AzureAd:ClientId"] = "portal-backchannel";
        await using var portal = await PortalApp.StartAsync(settings);
        using var anna = await SignedInAsync(portal, "anna:Approver");
        Assert.Equal(HttpStatusCode.OK, await anna.Browser.StatusAsync(Me));

        // Out at the provider, by its own page: the portal is told behind the browser's back.
        var page = await anna.Browser.Http.GetStringAsync(new Uri($"{provider.Authority}/session/end"));
        var secret = System.Text.RegularExpressions.Regex.Match(page, "name=\"xsrf\" value=\"(?<xsrf>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["xsrf"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["xsrf"] = secret, ["logout"] = "yes" });
        using var ended = await anna.Browser.Http.PostAsync(new Uri($"{provider.Authority}/session/end/confirm"), form);
        await Eventually.TrueAsync(async () => await anna.Browser.StatusAsync(Me) == HttpStatusCode.Unauthorized);
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'SignedOutByProvider'"));
    }

    [ProviderFact]
    public async Task Token_ThatIsNone_IsABadRequest()
    {
        await using var portal = await PortalApp.StartAsync((await TestProvider.GetAsync()).Settings());
        using var anna = await SignedInAsync(portal, "anna:Approver");
        using var browser = new PersonBrowser(portal.Address);
        foreach (var token in new[] { "", "a.b.c", await portal.Database.ScalarAsync<string>("select id_token from portal.sessions") })
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = token });
            using var answer = await browser.Http.PostAsync(new Uri("signout-oidc", UriKind.Relative), form);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("invalid_request", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, await anna.Browser.StatusAsync(Me));
    }

    private static string FrameUrl(string issuer, string session) => $"signout-oidc?iss={Uri.EscapeDataString(issuer)}&sid={Uri.EscapeDataString(session)}";

    private static async Task<ProviderJourney> SignedInAsync(PortalApp portal, string who)
    {
        var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync(who);
        Assert.Equal("/rooms", answer.Headers.Location?.OriginalString);
        return journey;
    }

    private static Task<string> SessionOfAsync(PortalApp portal, string name) =>
        portal.Database.ScalarAsync<string>($"select s.provider_session from portal.sessions s join portal.people p on p.id = s.person_id where p.name = '{name}'");
}
