using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn;

namespace MigrationPortal.Tests.Unsent;

/// <summary>Drafts over HTTP, by a token and by the session of a browser.</summary>
public sealed class DraftApiTests
{
    private const string Text = "Move it on Friday, once Lena is back";

    [Fact]
    public async Task Draft_SavedListedReadDeleted_IsOfItsPersonAlone_AndInNoAudit()
    {
        await using var portal = await PortalApp.StartAsync();
        using var planner = portal.ClientFor("planner");
        using var other = portal.ClientFor("approver");
        var saved = await BodyAsync(planner.PutAsJsonAsync("api/v1/drafts/batches/12:decision", new { text = Text, before = "", age = 5000 }), HttpStatusCode.OK);
        Assert.Equal(("batches/12:decision", Text), (saved.GetProperty("place").GetString(), saved.GetProperty("text").GetString()));
        Assert.InRange(saved.GetProperty("age").GetInt64(), 5000, 600_000);
        await BodyAsync(planner.PutAsJsonAsync("api/v1/drafts/batches%2F13:comment", new { text = "Another" }), HttpStatusCode.OK);

        Assert.Equal(Text, (await BodyAsync(planner.GetAsync(Url("api/v1/drafts/batches/12:decision")), HttpStatusCode.OK)).GetProperty("text").GetString());
        Assert.Equal(["batches/13:comment"], await PlacesAsync(planner, "batches/13:"));
        Assert.Equal(2, (await PlacesAsync(planner, "")).Count);
        Assert.Empty(await PlacesAsync(other, ""));
        Assert.Equal("not-found", await CodeAsync(other.GetAsync(Url("api/v1/drafts/batches/12:decision")), HttpStatusCode.NotFound));

        Assert.Equal(HttpStatusCode.NoContent, (await planner.DeleteAsync(Url("api/v1/drafts/batches/12:decision"))).StatusCode);
        Assert.Equal("not-found", await CodeAsync(planner.GetAsync(Url("api/v1/drafts/batches/12:decision")), HttpStatusCode.NotFound));
        Assert.Equal("draft-too-long", await CodeAsync(planner.PutAsJsonAsync("api/v1/drafts/x", new { text = new string('x', 20_001) }), HttpStatusCode.UnprocessableEntity));
        Assert.Equal(0, await portal.Database.ScalarAsync<long>("select count(*) from portal.audit_entries x where x::text like '%Friday%' or x::text like '%drafts%'"));
    }

    [Fact]
    public async Task Draft_OfABrowser_NeedsItsTokenAndIsTheSameAsThatOfThePersonsApi()
    {
        await using var portal = await PortalApp.StartAsync();
        using var browser = await PersonBrowser.SignedInAsync(portal, "planner");
        Assert.Equal("antiforgery-required", await CodeAsync(browser.Http.PutAsJsonAsync("api/v1/drafts/batches/12:decision", new { text = Text }), HttpStatusCode.BadRequest));

        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/drafts/batches/12:decision") { Content = JsonContent.Create(new { text = Text }) };
        request.Headers.Add("RequestVerificationToken", await browser.FormTokenAsync("batches"));
        await BodyAsync(browser.Http.SendAsync(request), HttpStatusCode.OK);
        using var token = portal.ClientFor("planner");
        Assert.Equal(["batches/12:decision"], await PlacesAsync(token, ""));
    }

    private static Uri Url(string url) => new(url, UriKind.Relative);

    private static async Task<IReadOnlyList<string?>> PlacesAsync(HttpClient client, string under) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"api/v1/drafts?under={under}")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("place").GetString())];

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> sending, HttpStatusCode status) => (await BodyAsync(sending, status)).GetProperty("code").GetString();

    private static async Task<JsonElement> BodyAsync(Task<HttpResponseMessage> sending, HttpStatusCode status)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
