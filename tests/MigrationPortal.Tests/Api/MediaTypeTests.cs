using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.SignIn;

namespace MigrationPortal.Tests.Api;

/// <summary>Whatever is sent, an address that exists never answers that there is nothing.</summary>
public sealed class MediaTypeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    public async Task Endpoint_SentNoBodyOrAnotherType_AnswersItself(string? type)
    {
        await using var portal = await PortalApp.StartAsync();
        using var viewer = portal.ClientFor("viewer");
        var missed = new List<string>();
        foreach (var name in AccessMatrix.Read.Concat(AccessMatrix.Acting.Keys).Where(x => !x.StartsWith("GET ", StringComparison.Ordinal) && x.Contains("/api/v1/", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(name.Split(' ')[0]), AccessMatrix.Concrete(name.Split(' ')[1]));
            request.Content = type is null ? null : new StringContent("{}", Encoding.UTF8, type);
            using var answer = await viewer.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NotFound && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!.StartsWith("There is nothing at", StringComparison.Ordinal))
                missed.Add(name);
            Assert.True((int)answer.StatusCode < 500, $"{name}: {(int)answer.StatusCode}");
        }

        Assert.Equal("", string.Join('\n', missed));
    }

    [Fact]
    public async Task Document_OfBodies_NamesJsonAlone()
    {
        await using var portal = await PortalApp.StartAsync();
        using var viewer = portal.ClientFor("viewer");
        Assert.DoesNotContain("\"*/*\"", await viewer.GetStringAsync("/openapi/v1.json"), StringComparison.Ordinal);
    }
}
