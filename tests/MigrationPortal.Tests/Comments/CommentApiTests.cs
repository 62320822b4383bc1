using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Comments;

public sealed class CommentApiTests
{
    [Fact]
    public async Task Versions_AskedForInParts_AreThatPartWithTheTotal()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        var batch = await IdAsync(planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { search = "Desk" } }));
        var comment = await IdAsync(planner.PostAsJsonAsync($"api/v1/batches/{batch}/comments", new { text = "one" }));
        foreach (var text in new[] { "two", "three", "four" })
            Assert.Equal(comment, await IdAsync(planner.PatchAsJsonAsync($"api/v1/comments/{comment}", new { text })));

        Assert.Equal((3, "one two three"), await VersionsAsync(planner, comment, ""));
        Assert.Equal((3, "two"), await VersionsAsync(planner, comment, "?skip=1&take=1"));
    }

    private static async Task<string> IdAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<(int Total, string Texts)> VersionsAsync(HttpClient client, string comment, string part)
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"api/v1/comments/{comment}/versions{part}");
        return (page.GetProperty("total").GetInt32(), string.Join(' ', page.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("text").GetString())));
    }
}
