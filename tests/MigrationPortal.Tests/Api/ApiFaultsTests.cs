using System.Net;
using System.Net.Sockets;
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

    // The page for failures read the form again and failed at the same place, as it did for a body that ends too soon. Of that no answer
    // can be read, since the server takes a client that has sent its last byte for gone.
    [Theory]
    [InlineData("/signin", "application/x-www-form-urlencoded", "Transfer-Encoding: chunked", "HTTP/1.1 400 ", "The request cannot be read: ")]
    [InlineData("/signin", "application/x-www-form-urlencoded", "Content-Length: 99000000", "HTTP/1.1 413 ", "The request cannot be read: ")]
    [InlineData("/api/v1/batches", "application/x-www-form-urlencoded", "Transfer-Encoding: chunked", "HTTP/1.1 400 ", "\"code\":\"malformed-request\"")]
    [InlineData("/api/v1/batches", "application/json", "Transfer-Encoding: chunked", "HTTP/1.1 400 ", "\"code\":\"")]
    public async Task Post_BodyThatCannotBeRead_IsAnsweredInOneSentence(string path, string type, string length, string status, string expected)
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(portal.Address.Host, portal.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {portal.Address.Authority}\r\nAuthorization: Bearer dev-planner\r\nContent-Type: {type}\r\n{length}\r\nConnection: close\r\n\r\nno number\r\n"));

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
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
