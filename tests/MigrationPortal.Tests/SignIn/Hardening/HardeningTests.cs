using System.Net;
using System.Text.RegularExpressions;
using MigrationPortal.SignIn.Hardening;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn.ActiveDirectory;
using MigrationPortal.Tests.SignIn.OpenIdConnect;

namespace MigrationPortal.Tests.SignIn.Hardening;

public sealed partial class HardeningTests
{
    [Theory]
    [InlineData("signin")]
    [InlineData("denied")]
    [InlineData("rooms")]
    [InlineData("api/v1/me")]
    public async Task Answers_OfEveryKind_CarryTheHeadersAndNoInlineScript(string url)
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "viewer");
        using var answer = await browser.GetAsync(url);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; script-src 'self'; style-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.DoesNotMatch(InlineScript(), await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("_blazor/negotiate?negotiateVersion=1", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("_blazor/negotiate?negotiateVersion=1", "null", HttpStatusCode.Forbidden)]
    [InlineData("hubs/progress/negotiate?negotiateVersion=1", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("hubs/progress/negotiate?negotiateVersion=1", "", HttpStatusCode.OK)]
    [InlineData("_blazor/negotiate?negotiateVersion=1", "", HttpStatusCode.OK)]
    public async Task CircuitAndHub_FromAForeignPage_AreRefused(string url, string origin, HttpStatusCode status)
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "viewer");
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.TryAddWithoutValidation("Origin", origin.Length == 0 ? portal.Address.GetLeftPart(UriPartial.Authority) : origin);
        using var answer = await browser.Http.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [ProviderTheory]
    [InlineData(false, "http", "portal.example", "http://127.0.0.1")]
    [InlineData(true, "https", "portal.example", "https://portal.example/signin-oidc")]
    [InlineData(true, "https", "evil.example", "https://127.0.0.1")]
    public async Task ForwardedHeaders_CountFromKnownProxiesAndForOwnNamesAlone(bool isKnown, string scheme, string host, string redirect)
    {
        var settings = (await TestProvider.GetAsync()).Settings();
        settings["AllowedHosts"] = "portal.example;127.0.0.1";
        settings["Proxies:Addresses:0"] = isKnown ? "127.0.0.1" : "10.9.8.7";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new PersonBrowser(portal.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "signin/entra");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", host);
        using var answer = await browser.Http.SendAsync(request);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        Assert.StartsWith(redirect, query["redirect_uri"].ToString(), StringComparison.Ordinal);
        Assert.StartsWith(scheme, query["redirect_uri"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_ThatNoProviderGave_AreKeptSixtyTimesAMinuteForEachAddress()
    {
        using var answers = new RefusedAnswers();
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => answers.IsKept(From("203.0.113.9"))));
        Assert.True(answers.IsKept(From("203.0.113.10")));

        static Microsoft.AspNetCore.Http.DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = System.Net.IPAddress.Parse(address) } };
    }

    [Fact]
    public async Task Host_ThatIsNotOurs_IsRefused()
    {
        await using var portal = await PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["AllowedHosts"] = "portal.example" });
        using var browser = new PersonBrowser(portal.Address);
        Assert.Equal(HttpStatusCode.BadRequest, await browser.StatusAsync("signin"));
    }

    [DomainFact]
    public async Task Production_BehindAProxyWithTls_SetsHostCookiesAndHsts()
    {
        var settings = (await TestDomain.GetAsync()).Settings();
        settings["environment"] = "Production";
        settings["AllowedHosts"] = "portal.example";
        settings["Proxies:Addresses:0"] = "127.0.0.1";
        await using var portal = await PortalApp.StartAsync(settings);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address };
        browser.DefaultRequestHeaders.Host = "portal.example";
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var page = await browser.GetAsync(new Uri("signin", UriKind.Relative));
        Assert.StartsWith("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        var forms = Assert.Single(page.Headers.GetValues("Set-Cookie"), x => x.StartsWith("__Host-portal-forms=", StringComparison.Ordinal));
        Assert.Contains("secure", forms, StringComparison.OrdinalIgnoreCase);

        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = "viewer1", ["password"] = TestDomain.Password, ["__RequestVerificationToken"] = token });
        using var request = new HttpRequestMessage(HttpMethod.Post, "signin/ldap") { Content = form };
        request.Headers.Add("Cookie", forms.Split(';')[0]);
        using var answer = await browser.SendAsync(request);
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"), x => x.StartsWith("__Host-portal=", StringComparison.Ordinal) && !x.StartsWith("__Host-portal=;", StringComparison.Ordinal));
        foreach (var part in new[] { "path=/", "secure", "httponly", "samesite=lax" })
            Assert.Contains(part, session, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", session, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task UnknownTokens_TooManyFromOneAddress_AreRefusedUnlookedAt()
    {
        await using var portal = await PortalApp.StartAsync();
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", "mp_" + new string('x', 43));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 31; i++)
        {
            using var answer = await program.GetAsync(new Uri("api/v1/me", UriKind.Relative));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests), (statuses[0], statuses[^1]));
    }

    [ProviderFact]
    public async Task SignIn_TooOftenFromOneAddress_HasToWait()
    {
        await using var portal = await PortalApp.StartAsync((await TestProvider.GetAsync()).Settings());
        using var browser = new PersonBrowser(portal.Address);
        HttpResponseMessage? last = null;
        for (var i = 0; i < 61; i++)
        {
            last?.Dispose();
            last = await browser.GetAsync("signin/entra");
        }

        Assert.Equal("/signin?failed=wait", last!.Headers.Location?.OriginalString);
        last.Dispose();
    }

    [Fact]
    public async Task Request_MuchTooLarge_IsRefused()
    {
        await using var portal = await PortalApp.StartAsync();
        using var planner = portal.ClientFor("planner");
        using var body = new StringContent($"{{\"name\":\"{new string('x', 3_000_000)}\"}}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await planner.PostAsync(new Uri("api/v1/batches", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)[^>]*>|\son\w+=""", RegexOptions.None, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""name="__RequestVerificationToken" (type="hidden" )?value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
