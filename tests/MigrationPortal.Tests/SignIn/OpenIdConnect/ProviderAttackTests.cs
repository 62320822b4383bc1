using System.Net;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.OpenIdConnect;

/// <summary>Spoilt tokens and spoilt steps: each ends without a session, with a page that says nothing and an audit row that says why.</summary>
public sealed class ProviderAttackTests
{
    private const string Failed = "/signin?failed=refused";

    [ProviderFact]
    public async Task SpoiltTokens_EachOfThem_LetNobodyIn()
    {
        string[] faults =
        [
            "alg-none", "alg-none-cased", "empty-signature", "two-segments", "hs256-public-key", "hs256-secret", "wrong-key", "embedded-jwk", "unknown-kid", "no-kid",
            "jku", "crit", "expired", "nbf-future", "iat-future", "no-exp", "exp-text", "wrong-aud", "aud-array-no-azp", "wrong-azp", "wrong-iss", "iss-slash", "wrong-tid",
            "no-tid", "wrong-nonce", "no-nonce", "no-sub", "twice-roles", "tampered", "wrong-at-hash", "no-id-token",
        ];
        await using var portal = await StartAsync();
        var letIn = new List<string>();
        foreach (var fault in faults)
        {
            using var journey = new ProviderJourney(portal);
            using var answer = await journey.SignInAsync($"eve:Administrator::{fault}");
            if (answer.Headers.Location?.OriginalString != Failed || await journey.Browser.StatusAsync("api/v1/me") != HttpStatusCode.Unauthorized)
                letIn.Add(fault);
        }

        Assert.Empty(letIn);
        Assert.Equal(0, await portal.Database.ScalarAsync<int>("select count(*) from portal.sessions"));
        Assert.Equal(faults.Length, await portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'SignInRefused' and details->>'cause' like '{\"key\":\"SignIn.%' and details->>'cause' not like '%IDX%'"));
    }

    [ProviderTheory]
    [InlineData("exp-within-skew")]
    [InlineData("aud-array-azp")]
    [InlineData("new-key")]
    public async Task UnusualButGoodTokens_LetPeopleIn(string variant)
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync($"anna:Approver::{variant}");
        Assert.Equal("/rooms", answer.Headers.Location?.OriginalString);
    }

    [ProviderTheory]
    [InlineData("signin-oidc")]
    [InlineData("signin-oidc?code=abc")]
    [InlineData("signin-oidc?code=abc&state=abc")]
    [InlineData("signin-oidc?error=access_denied&state=abc")]
    public async Task Callback_ThatNobodyAskedFor_IsRefused(string url)
    {
        await using var portal = await StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        using var answer = await browser.GetAsync(url);
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task Callback_WithTamperedOrMissingState_IsRefused()
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        var url = await journey.ToCallbackAsync("anna:Approver");
        foreach (var spoilt in new[] { url.Replace("state=", "state=x", StringComparison.Ordinal), url.Replace("state=", "other=", StringComparison.Ordinal) })
        {
            using var answer = await journey.Browser.GetAsync(spoilt);
            Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
        }
    }

    [ProviderFact]
    public async Task Callback_AsAPost_IsRefused()
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        var url = new Uri(await journey.ToCallbackAsync("anna:Approver"));
        var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query).ToDictionary(x => x.Key, x => x.Value.ToString());
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await journey.Browser.Http.PostAsync(new Uri("signin-oidc", UriKind.Relative), form);
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task Callback_InAnotherBrowser_IsRefused()
    {
        await using var portal = await StartAsync();
        using var attacker = new ProviderJourney(portal);
        var url = await attacker.ToCallbackAsync("eve:Approver");
        using var victim = new PersonBrowser(portal.Address);
        using var answer = await victim.GetAsync(url);
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await victim.StatusAsync("api/v1/me"));
    }

    [ProviderFact]
    public async Task Callback_Twice_IsRefusedTheSecondTime()
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        var url = await journey.ToCallbackAsync("anna:Approver");
        var correlation = journey.Browser.Cookies.GetAllCookies().Where(x => x.Name.Contains("Correlation", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(correlation);
        using var first = await journey.Browser.GetAsync(url);
        Assert.Equal("/rooms", first.Headers.Location?.OriginalString);
        // Even with the cookie kept: the provider takes a code once.
        using var thief = new PersonBrowser(portal.Address);
        foreach (var cookie in correlation)
            thief.Cookies.Add(portal.Address, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        using var second = await thief.GetAsync(url);
        Assert.Equal(Failed, second.Headers.Location?.OriginalString);
        Assert.Contains("invalid_grant", await portal.Database.ScalarAsync<string>("select details->>'cause' from portal.audit_entries where action = 'SignInRefused'"), StringComparison.Ordinal);
    }

    [ProviderFact]
    public async Task Callback_WithSomebodyElsesCode_IsRefused()
    {
        await using var portal = await StartAsync();
        using var attacker = new ProviderJourney(portal);
        using var victim = new ProviderJourney(portal);
        var stolen = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(await victim.ToCallbackAsync("anna:Administrator")).Query)["code"].ToString();
        var own = new Uri(await attacker.ToCallbackAsync("eve"));
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(own.Query)["code"].ToString();
        using var answer = await attacker.Browser.GetAsync(own.OriginalString.Replace(code, stolen, StringComparison.Ordinal));
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task Callback_FromAnotherIssuer_IsRefused()
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        var url = await journey.ToCallbackAsync("anna:Approver");
        Assert.Contains("iss=", url, StringComparison.Ordinal);
        using var answer = await journey.Browser.GetAsync(url.Replace("iss=http", "iss=https%3A%2F%2Fevil.example&x=", StringComparison.Ordinal));
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task SignIn_DeniedAtTheProvider_ComesBackWithoutASession()
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.Browser.GetAsync(await journey.ToCallbackAsync("anna:Approver", deny: true));
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
    }

    [ProviderTheory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_WithAForeignReturnAddress_EndsAtHome(string returnUrl)
    {
        await using var portal = await StartAsync();
        using var journey = new ProviderJourney(portal);
        using var answer = await journey.SignInAsync("anna:Approver", returnUrl);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [ProviderFact]
    public async Task Callback_OfAnotherKeyRing_IsRefused()
    {
        await using var portal = await StartAsync();
        await using var other = await StartAsync();
        using var journey = new ProviderJourney(other);
        var url = new Uri(await journey.ToCallbackAsync("anna:Approver"));
        using var browser = new PersonBrowser(portal.Address);
        foreach (var cookie in journey.Browser.Cookies.GetCookies(new Uri(other.Address, "signin-oidc")).Cast<Cookie>())
            browser.Cookies.Add(portal.Address, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        using var answer = await browser.GetAsync($"signin-oidc{url.Query}");
        Assert.Equal(Failed, answer.Headers.Location?.OriginalString);
    }

    private static async Task<PortalApp> StartAsync() => await PortalApp.StartAsync((await TestProvider.GetAsync()).Settings());
}
