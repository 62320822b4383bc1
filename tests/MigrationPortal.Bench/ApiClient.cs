using System.Net.Http.Headers;

namespace MigrationPortal.Bench;

internal static class ApiClient
{
    /// <param name="persona">Of development, by the fixed token that each has.</param>
    public static HttpClient Of(string portal, string persona)
    {
        var client = new HttpClient { BaseAddress = new Uri(new Uri(portal), "api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"dev-{persona}");
        return client;
    }
}
