using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Batches;

/// <summary>Categories over HTTP: what a token of one category reaches, and new names for two that would be called the same.</summary>
public sealed class CategoryApiTests
{
    [Theory]
    [InlineData("Trading", "open", HttpStatusCode.Created)]
    [InlineData("Trading", "deep", HttpStatusCode.Created)]
    [InlineData("Trading", "walled", HttpStatusCode.Forbidden)]
    [InlineData(@"Trading \/ Secret", "walled", HttpStatusCode.Created)]
    [InlineData(@"Trading \/ Secret", "open", HttpStatusCode.Forbidden)]
    public async Task Create_WithATokenOfOneCategory_ReachesItsRoomsAlone(string category, string room, HttpStatusCode status)
    {
        await using var portal = await BatchApiTests.ScannedAsync(new PoolBuilder()
            .Category("Trading").Category("Trading / Secret").Category("Desk", "Trading")
            .Room("open", "Trading").Room("deep", "Desk").Room("walled", "Trading / Secret"));
        using var person = portal.ClientFor("planner");
        using var made = await person.PostAsJsonAsync("api/v1/me/tokens", new { label = "one category", roles = new[] { "Planner" }, days = 7, poolPairId = "contoso", category });
        using var program = portal.AnonymousClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString());
        var rooms = await program.GetFromJsonAsync<JsonElement>($"api/v1/pool-pairs/contoso/rooms?search={room}");

        using var created = await program.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave", roomIds = new[] { rooms.GetProperty("items")[0].GetProperty("id").GetString() } });

        Assert.Equal(status, created.StatusCode);
    }

    [Fact]
    public async Task Patch_NewNameForOneOfTwoCategoriesOfOneName_ClearsTheBlocker()
    {
        await using var portal = await BatchApiTests.ScannedAsync(new PoolBuilder()
            .Category("A").Category("B - C", "A").Category("A - B").Category("C", "A - B").Room("r1", "B - C").Room("r2", "C"));
        using var planner = portal.ClientFor("planner");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "both", filter = new { comparison = "OnlyLegacy" } });
        var url = $"api/v1/batches/{(await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}";
        Assert.Equal(2, await BlockersAsync(planner, url));
        var categories = await planner.GetFromJsonAsync<JsonElement>($"{url}/categories");
        var category = categories.GetProperty("items")[0].GetProperty("guid").GetString()!;

        using var named = await planner.PatchAsJsonAsync(url, new { categoryNames = new Dictionary<string, string> { [category] = "Another" } });
        using var unknown = await planner.PatchAsJsonAsync(url, new { categoryNames = new Dictionary<string, string> { [Guid.Empty.ToString()] = "Another" } });

        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(0, await BlockersAsync(planner, url));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("category-unknown", (await unknown.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static async Task<int> BlockersAsync(HttpClient client, string batch) =>
        (await client.GetFromJsonAsync<JsonElement>($"{batch}/preflight")).GetProperty("items").EnumerateArray().Count(x => x.GetProperty("severity").GetString() == "Blocker");
}
