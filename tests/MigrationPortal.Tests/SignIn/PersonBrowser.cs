using System.Net;
using System.Text.RegularExpressions;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn;

/// <summary>A browser without scripts: keeps cookies, follows nothing by itself, fills in the portal's plain forms.</summary>
internal sealed partial class PersonBrowser : IDisposable
{
    private readonly HttpClient _client;

    public PersonBrowser(Uri address, HttpMessageHandler? handler = null)
    {
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("PersonBrowser/1");
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => _client;

    public static async Task<PersonBrowser> SignedInAsync(PortalApp portal, string persona)
    {
        var browser = new PersonBrowser(portal.Address);
        using var answer = await browser.SubmitAsync("signin", "signin/persona", new() { ["persona"] = persona });
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        return browser;
    }

    public Task<HttpResponseMessage> GetAsync(string url) => _client.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute));

    public async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var answer = await GetAsync(url);
        return answer.StatusCode;
    }

    /// <summary>Reads the form's antiforgery token from a page and posts the form.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = await FormTokenAsync(page);
        using var form = new FormUrlEncodedContent(fields);
        return await _client.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    public async Task<string> FormTokenAsync(string page) =>
        Token().Match(await _client.GetStringAsync(new Uri(page, UriKind.Relative))).Groups["token"].Value;

    public string? Cookie(string name) => Cookies.GetCookies(_client.BaseAddress!)[name]?.Value;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" (type="hidden" )?value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
