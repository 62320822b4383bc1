using System.Net;
using System.Text;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Api;

public sealed class ApiFaultsTests
{
    [Theory]
    [InlineData("{\"poolPairId\":")]
    [InlineData("[]")]
    [InlineData("{\"roomIds\":{}}")]
    public async Task Post_MalformedJson_IsAProblemWithACodeAndNoStackTrace(string body)
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.ClientFor("planner");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await client.PostAsync("/api/v1/batches", content);

        var answer = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("malformed-request", JsonDocument.Parse(answer).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "pool-pairs")]
    [InlineData("GET", "batches/1")]
    [InlineData("POST", "batches")]
    public async Task Request_PortalDatabaseIsAway_IsToldToComeBack(string method, string address)
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.ClientFor("planner");
        await portal.Database.CloseAsync();
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"api/v1/{address}", UriKind.Relative));
            if (method == "POST")
                request.Content = new StringContent("{\"poolPairId\":\"contoso\",\"name\":\"Wave 1\",\"roomIds\":[\"1\"]}", Encoding.UTF8, "application/json");

            using var response = await client.SendAsync(request);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
            Assert.Equal("portal-database", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
        }
        finally
        {
            await portal.Database.ReopenAsync();
        }
    }
}
