using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Api;

public sealed class ApiLanguageTests
{
    [Theory]
    [InlineData("en", "en", "There is no batch 4711. It may have been deleted.")]
    [InlineData("de-AT, de;q=0.9", "de", "Es gibt keinen Batch 4711. Er wurde möglicherweise gelöscht.")]
    [InlineData("es", "es", "No existe ningún lote 4711. Es posible que se haya eliminado.")]
    [InlineData("fr", "en", "There is no batch 4711. It may have been deleted.")]
    [InlineData(null, "en", "There is no batch 4711. It may have been deleted.")]
    public async Task Refusal_LanguageAskedFor_WordsTheDetailAndKeepsTheCode(string? asked, string language, string detail)
    {
        await using var portal = await PortalApp.StartAsync();
        using var response = await SendAsync(portal, "/api/v1/batches/4711", asked);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("batch-not-found", problem.GetProperty("code").GetString());
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal(language, Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.Contains("Accept-Language", response.Headers.Vary);
    }

    [Theory]
    [InlineData("/api/v1/nowhere", "Unter /api/v1/nowhere ist nichts vorhanden.")]
    [InlineData("/api/v1/batches?search=%00", "Der Abfragewert search enthält U+0000 oder ein halbes Zeichen (ein einzelnes Surrogat). Senden Sie die Anforderung ohne dieses Zeichen.")]
    public async Task Fault_OutsideOfAnEndpoint_IsWordedToo(string address, string detail)
    {
        await using var portal = await PortalApp.StartAsync();
        using var response = await SendAsync(portal, address, "de");

        Assert.Equal(detail, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
        Assert.Equal("de", Assert.Single(response.Content.Headers.ContentLanguage));
    }

    [Fact]
    public async Task Request_CookieOfThePages_SaysNothingToAProgram()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.ClientFor("planner");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/batches/4711");
        request.Headers.Add("Cookie", "language=de");

        using var response = await client.SendAsync(request);

        Assert.Equal("en", Assert.Single(response.Content.Headers.ContentLanguage));
    }

    /// <summary>As a page's link to a file does, whose reader may have chosen another language than the browser's.</summary>
    [Fact]
    public async Task Request_ThatNamesALanguageInItsAddress_IsAnsweredInItAndSetsNoCookie()
    {
        await using var portal = await PortalApp.StartAsync();
        using var response = await SendAsync(portal, "/api/v1/batches/4711?lang=de", "es");
        Assert.Equal("de", Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static async Task<HttpResponseMessage> SendAsync(PortalApp portal, string address, string? language)
    {
        using var client = portal.ClientFor("planner");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (language is not null)
            request.Headers.Add("Accept-Language", language);
        return await client.SendAsync(request);
    }
}
