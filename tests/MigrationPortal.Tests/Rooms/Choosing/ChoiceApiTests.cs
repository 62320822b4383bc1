using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Batches;

namespace MigrationPortal.Tests.Rooms.Choosing;

public sealed class ChoiceApiTests
{
    [Fact]
    public async Task OnlyFitting_OverTheApi_DoesWhatCanBeDoneAndAnswersTheRest()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        using var planner = portal.ClientFor("planner");
        var rooms = (await planner.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/rooms")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetString()!).ToArray();
        Assert.Equal(1, (await PostAsync(planner, "rooms/exclude", new { roomIds = rooms[..1], reason = "Unused" })).GetProperty("changed").GetInt32());

        var judged = await PostAsync(planner, "rooms/judge?lang=de", new { step = "Add", roomIds = rooms });
        Assert.Equal(rooms.Length - 1, judged.GetProperty("fitting").GetInt32());
        var left = judged.GetProperty("left").EnumerateArray().Single();
        Assert.Equal(("Excluded", 1, "1 Chatroom ist ausgeschlossen"), (left.GetProperty("reason").GetString(), left.GetProperty("count").GetInt32(), left.GetProperty("message").GetString()));
        Assert.Equal(1, (await planner.GetFromJsonAsync<JsonElement>("api/v1/pool-pairs/contoso/rooms?fit=Add.Excluded")).GetProperty("total").GetInt32());
        Assert.Equal("invalid-filter", await CodeAsync(await planner.GetAsync(new Uri("api/v1/pool-pairs/contoso/rooms?fit=Add.Nothing", UriKind.Relative))));

        // As before for scripts that do not ask for it: all of them or none.
        Assert.Equal("unfit-rooms", await CodeAsync(await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", roomIds = rooms })));
        var made = await PostAsync(planner, "batches", new { poolPairId = "contoso", name = "Wave 1", roomIds = rooms, onlyFitting = true });
        Assert.Equal((rooms.Length - 1, "Excluded"), (made.GetProperty("roomCount").GetInt32(), made.GetProperty("left")[0].GetProperty("reason").GetString()));
        Assert.Equal(1, (await PostAsync(planner, "rooms/include", new { roomIds = rooms, onlyFitting = true })).GetProperty("changed").GetInt32());
        using var patched = await planner.PatchAsJsonAsync($"api/v1/batches/{made.GetProperty("id").GetString()}", new { addRoomIds = rooms, onlyFitting = true });
        var edited = await patched.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((rooms.Length, "InBatch"), (edited.GetProperty("roomCount").GetInt32(), edited.GetProperty("left")[0].GetProperty("reason").GetString()));
        Assert.Equal("OnlyLegacy", (await PostAsync(planner, "rooms/accept", new { roomIds = rooms, reason = "Known", onlyFitting = true })).GetProperty("left")[0].GetProperty("reason").GetString());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync($"api/v1/{path}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }
}
