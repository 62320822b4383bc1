using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

/// <summary>What goes compressed, and for whom it does not: the length of an answer tells of its content.</summary>
public sealed class PageCompressionTests
{
    private static readonly Dictionary<string, string> BehindAProxy = new(StringComparer.Ordinal) { ["AllowedHosts"] = "portal.contoso.com;127.0.0.1", ["Proxies:Addresses:0"] = "127.0.0.1" };

    [Theory]
    [InlineData("https", "same-origin", true)]
    [InlineData("https", "none", true)]
    [InlineData("https", "same-site", false)]
    [InlineData("https", "cross-site", false)]
    [InlineData("https", null, false)]
    [InlineData("http", null, true)]
    [InlineData("http", "same-origin", true)]
    [InlineData("http", "cross-site", false)]
    public async Task Page_AskedForByAnotherSiteOrUnknownOverTls_GoesAsItIs(string scheme, string? site, bool isCompressed)
    {
        await using var portal = await PortalApp.StartAsync(BehindAProxy);
        using var client = portal.ClientFor("viewer");
        foreach (var path in (string[])["/batches", "/api/v1/batches", "/api/v1/batches/4711"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Accept-Encoding", "br, gzip");
            request.Headers.Add("X-Forwarded-Proto", scheme);
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            using var answer = await client.SendAsync(request);
            Assert.Equal(isCompressed ? new[] { "br" } : [], answer.Content.Headers.ContentEncoding);
            Assert.Equal(isCompressed, answer.Headers.Vary.Contains("Accept-Encoding"));
        }
    }

    [Fact]
    public async Task File_TakenAlong_GoesAsItIs()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.ClientFor("auditor");
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        using var answer = await client.GetAsync("/api/v1/audit/export?format=csv");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }
}
