using System.Net.Http.Json;
using System.Text.Json;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Runs;

namespace MigrationPortal.Tests.Reviews;

public sealed class PolicyVersionsTests
{
    [Theory]
    [InlineData("", 200)]
    [InlineData("?take=50&skip=200", 10)]
    public async Task Versions_WithoutATake_AreAsManyAsClientsWereAlwaysGiven(string query, int count)
    {
        await using var world = await RunWorld.CreateAsync();
        await using (var db = world.Portal.Database.OpenPortal())
        {
            db.AddRange(Enumerable.Range(1, 210).Select(x => new PolicyVersion { PoolPairId = "contoso", Version = x, Body = new ReviewPolicy(), By = "ada", At = DateTimeOffset.UnixEpoch, Reason = "r" }));
            await db.SaveChangesAsync();
        }

        using var client = world.Portal.ClientFor("viewer");
        var page = await client.GetFromJsonAsync<JsonElement>($"api/v1/pool-pairs/contoso/policy/versions{query}");
        Assert.Equal((210, count), (page.GetProperty("total").GetInt32(), page.GetProperty("items").GetArrayLength()));
    }
}
