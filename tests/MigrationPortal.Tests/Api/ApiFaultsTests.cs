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
}
