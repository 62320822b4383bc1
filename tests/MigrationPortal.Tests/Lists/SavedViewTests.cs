using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Lists;

public sealed class SavedViewTests
{
    private const string Views = "api/v1/pool-pairs/contoso/views";

    [Fact]
    public async Task View_SavedSharedRenamedDeleted_IsOnesOwnUntilItIsShared()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        using var viewer = portal.ClientFor("viewer");
        var view = await BodyAsync(planner.PostAsJsonAsync(Views, new { list = "rooms", name = " Different ", query = "/rooms?pair=contoso&comparison=Different&sort=-messages&skip=50&waiting-skip=100&saved=7&selected=1" }), HttpStatusCode.Created);
        Assert.Equal(("Different", "comparison=Different&sort=-messages", false), (view.GetProperty("name").GetString(), view.GetProperty("query").GetString(), view.GetProperty("isShared").GetBoolean()));
        var url = $"api/v1/views/{view.GetProperty("id").GetString()}";
        Assert.Empty(await NamesAsync(viewer));
        await AssertProblemAsync(viewer.DeleteAsync(new Uri(url, UriKind.Relative)), HttpStatusCode.NotFound, "not-found");

        await BodyAsync(planner.PatchAsJsonAsync(url, new { isShared = true }), HttpStatusCode.OK);
        Assert.Equal(["Different"], await NamesAsync(viewer));
        await AssertProblemAsync(viewer.PatchAsJsonAsync(url, new { name = "Mine" }), HttpStatusCode.Forbidden, "view-of-another");
        await BodyAsync(viewer.PostAsJsonAsync(Views, new { list = "rooms", name = "A first", query = "" }), HttpStatusCode.Created);
        Assert.Equal(["A first", "Different"], await NamesAsync(viewer));
        Assert.Equal(["Different"], await NamesAsync(planner));

        await BodyAsync(planner.PatchAsJsonAsync(url, new { name = "By messages", query = "sort=-messages" }), HttpStatusCode.OK);
        Assert.Equal(["By messages"], await NamesAsync(planner));
        Assert.Equal(HttpStatusCode.NoContent, (await planner.DeleteAsync(new Uri(url, UriKind.Relative))).StatusCode);
        Assert.Equal(["A first"], await NamesAsync(viewer));
    }

    [Fact]
    public async Task View_OfABadNameOrListOrPair_IsRefusedByItsReason()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        await BodyAsync(planner.PostAsJsonAsync(Views, new { list = "rooms", name = "Mine", query = "" }), HttpStatusCode.Created);
        await AssertProblemAsync(planner.PostAsJsonAsync(Views, new { list = "rooms", name = "Mine", query = "sort=name" }), HttpStatusCode.Conflict, "view-name-taken");
        await BodyAsync(planner.PostAsJsonAsync(Views, new { list = "batches", name = "Mine", query = "" }), HttpStatusCode.Created);
        await AssertProblemAsync(planner.PostAsJsonAsync(Views, new { list = "rooms", name = " ", query = "" }), HttpStatusCode.UnprocessableEntity, "invalid-name");
        await AssertProblemAsync(planner.PostAsJsonAsync(Views, new { list = "Rooms!", name = "x", query = "" }), HttpStatusCode.UnprocessableEntity, "view-list");
        await AssertProblemAsync(planner.PostAsJsonAsync(Views, new { list = "rooms", name = "x", query = "search=" + new string('x', 2000) }), HttpStatusCode.UnprocessableEntity, "view-too-long");
        await AssertProblemAsync(planner.PostAsJsonAsync("api/v1/pool-pairs/nowhere/views", new { list = "rooms", name = "x", query = "" }), HttpStatusCode.NotFound, "pool-pair-not-found");
    }

    [Fact]
    public async Task View_SavedByTwoRequestsAtOnce_IsThereOnce()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => planner.PostAsJsonAsync(Views, new { list = "rooms", name = "Mine", query = "" })));
        Assert.Equal(1, answers.Count(x => x.StatusCode == HttpStatusCode.Created));
        Assert.Equal(4, answers.Count(x => x.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(["Mine"], await NamesAsync(planner));
    }

    private static async Task<IEnumerable<string?>> NamesAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>($"{Views}?list=rooms")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("name").GetString()).ToList();

    private static async Task<JsonElement> BodyAsync(Task<HttpResponseMessage> sending, HttpStatusCode status)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task AssertProblemAsync(Task<HttpResponseMessage> sending, HttpStatusCode status, string code)
    {
        using var response = await sending;
        Assert.Equal((status, code), (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
    }
}
