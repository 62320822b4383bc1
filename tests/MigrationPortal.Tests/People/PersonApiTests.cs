using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.People;

public sealed class PersonApiTests
{
    [Fact]
    public async Task Get_PersonInParts_HasThatPartOfTheChangesAndOfThePlaces()
    {
        await using var portal = await BatchApiTests.ScannedAsync(PeopleQueriesTests.Pool().Member("Repo", "partner"));
        using var planner = portal.ClientFor("planner");
        using var created = await planner.PostAsJsonAsync("api/v1/batches", new { poolPairId = "contoso", name = "Wave 1", filter = new { comparison = "OnlyLegacy" } });
        var batch = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await planner.GetFromJsonAsync<JsonElement>($"api/v1/batches/{batch}/plan");

        foreach (var list in new[] { "changes", "places" })
        {
            var whole = await ItemsAsync(planner, "", list);
            Assert.Equal(2, whole.Length);
            Assert.Equal(whole[..1], await ItemsAsync(planner, "?take=1", list));
            Assert.Equal(whole[1..], await ItemsAsync(planner, "?skip=1&take=1", list));
        }
    }

    private static async Task<string[]> ItemsAsync(HttpClient client, string part, string list)
    {
        var person = await client.GetFromJsonAsync<JsonElement>($"api/v1/pool-pairs/contoso/principals/{PoolBuilder.Guids("principal partner")}{part}");
        Assert.Equal(2, person.GetProperty(list).GetProperty("total").GetInt32());
        return [.. person.GetProperty(list).GetProperty("items").EnumerateArray().Select(x => x.GetRawText())];
    }
}
