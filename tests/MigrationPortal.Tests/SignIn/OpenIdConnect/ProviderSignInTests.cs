using System.Net;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>Signing in through a certified provider, and what comes of it.</summary>
public sealed class ProviderSignInTests
{
    [ProviderFact]
    public async Task SignIn_AppRolesAndGroups_BecomeRolesWithTheirOrigin()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync("anna:Approver:g-planners", "/rooms?pair=contoso");

        Assert.Equal("/rooms?pair=contoso", answer.Headers.Location?.OriginalString);
        var me = JsonDocument.Parse(await journey.Browser.Http.GetStringAsync("api/v1/me")).RootElement;
        Assert.Equal("anna@contoso.example", me.GetProperty("name").GetString());
        var grants = me.GetProperty("grants").EnumerateArray().Select(x => $"{x.GetProperty("role")} {x.GetProperty("origin")}");
        Assert.Equal(["Planner group g-planners", "Approver app role Approver"], grants);
        Assert.Equal(1, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'SignedIn' and by = 'anna@contoso.example'"));
    }

    [ProviderFact]
    public async Task SignIn_WithACertificateInsteadOfASecret_Works()
    {
        var provider = await TestProvider.GetAsync();
        var settings = provider.Settings();
        settings["AzureAd:ClientId"] = "portal-certificate";
        settings.Remove("AzureAd:ClientSecret");
        settings["AzureAd:ClientCertificates:0:SourceType"] = "Path";
        settings["AzureAd:ClientCertificates:0:CertificateDiskPath"] = provider.Certificate;
        await using var portal = await PortalApp.StartAsync(settings);
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync("anna:Approver");
        Assert.Equal("/rooms", answer.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task SignIn_ByAuthority_AsForAdfs_NeedsNoTenant()
    {
        var provider = await TestProvider.GetAsync();
        var settings = provider.Settings();
        settings.Remove("AzureAd:TenantId");
        settings.Remove("AzureAd:Instance");
        settings["AzureAd:Authority"] = provider.Authority;
        await using var portal = await PortalApp.StartAsync(settings);
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync("anna:Approver");
        Assert.Equal("/rooms", answer.Headers.Location?.OriginalString);
    }

    [ProviderTheory]
    [InlineData("nora")]
    [InlineData("nora::g-others")]
    [InlineData("nora::g-planners:overage")]
    public async Task SignIn_NobodyWithARole_IsToldSo(string who)
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync(who);
        using var page = await journey.Browser.GetAsync("rooms");
        Assert.Equal("/denied", page.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, await journey.Browser.StatusAsync("api/v1/me"));
    }

    [ProviderFact]
    public async Task SignIn_NameGivenToSomebodyElse_IsAnotherPerson()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var journey = new ProviderJourney(portal);
        using var first = await journey.SignInAsync("anna:Approver");
        await portal.Database.ExecuteAsync("update portal.people set key = 'another object id'");
        using var again = new ProviderJourney(portal);
        using var second = await again.SignInAsync("anna:Approver");
        Assert.Contains("anna@contoso.example (2)", await again.Browser.Http.GetStringAsync("api/v1/me"), StringComparison.Ordinal);
    }

    [ProviderFact]
    public async Task SignOut_EndsTheSessionFirst_ThenGoesToTheProvider()
    {
        var provider = await TestProvider.GetAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var journey = new ProviderJourney(portal);
        using var signedIn = await journey.SignInAsync("anna:Approver");
        using var answer = await journey.Browser.SubmitAsync("denied", "signout", []);

        Assert.StartsWith($"{provider.Authority}/session/end?client_id=portal&post_logout_redirect_uri=", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Contains("id_token_hint=", answer.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await journey.Browser.StatusAsync("api/v1/me"));
        using var back = await journey.Browser.GetAsync("signout-callback-oidc?state=foreign");
        Assert.Equal("/signin", back.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task ProviderGone_NobodyNewGetsIn_SignedInPeopleGoOn()
    {
        var provider = await TestProvider.StartAsync();
        await using var portal = await PortalApp.StartAsync(provider.Settings());
        using var journey = new ProviderJourney(portal);
        using var signedIn = await journey.SignInAsync("anna:Approver");
        var pending = await journey.ToCallbackAsync("anna:Approver");
        provider.Kill();

        Assert.Equal(HttpStatusCode.OK, await journey.Browser.StatusAsync("api/v1/me"));
        using var callback = await journey.Browser.GetAsync(pending);
        Assert.Equal("/signin?failed=unavailable", callback.Headers.Location?.OriginalString);
        // A portal that never read it cannot even send people there.
        await using var cold = await PortalApp.StartAsync(provider.Settings());
        using var stranger = new PersonBrowser(cold.Address);
        using var begin = await stranger.GetAsync("signin/entra?returnUrl=%2Frooms");
        Assert.Equal("/signin?failed=unavailable&returnUrl=%2Frooms", begin.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task Provider_ThatCallsItselfOtherwise_IsRefused()
    {
        var provider = await TestProvider.GetAsync();
        var settings = provider.Settings();
        settings["AzureAd:Instance"] = $"http://127.0.0.1:{provider.Port}/";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new PersonBrowser(portal.Address);
        using var begin = await browser.GetAsync("signin/entra");
        Assert.Equal("/signin?failed=unavailable", begin.Headers.Location?.OriginalString);
    }
}
