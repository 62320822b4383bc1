using System.Net;
using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn;

namespace MigrationPortal.Tests.Api;

/// <summary>The API described in the browser.</summary>
public sealed partial class ApiReferenceTests
{
    [Fact]
    public async Task Page_SignedIn_ReadsTheProgramsDocument_UnderAPolicyOfItsOwn()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "viewer");
        using var answer = await browser.GetAsync("api/reference/");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var nonce = Nonce().Match(html).Groups["nonce"].Value;
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"script-src 'self' 'nonce-{WebUtility.HtmlDecode(nonce)}';", policy, StringComparison.Ordinal);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("api/reference/scalar.js"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("openapi/v1.json"));
    }

    [Fact]
    public async Task Page_NotSignedIn_LeadsToSigningIn()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = new PersonBrowser(portal.Address);
        using var answer = await browser.GetAsync("api/reference/");
        Assert.StartsWith("/signin?returnUrl=", new Uri(portal.Address, answer.Headers.Location!).PathAndQuery, StringComparison.Ordinal);
    }

    [GeneratedRegex("nonce=\"(?<nonce>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonce();
}
