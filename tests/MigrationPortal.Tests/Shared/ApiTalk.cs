using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MigrationPortal.Tests.Shared;

/// <summary>One persona talking to the portal's HTTP API.</summary>
internal sealed class ApiTalk : IDisposable
{
    private readonly HttpClient _client;

    public ApiTalk(Uri portal, string persona)
    {
        _client = new() { BaseAddress = new Uri(portal, "api/v1/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"dev-{persona}");
    }

    public Task<JsonElement> GetAsync(string path) => BodyAsync(_client.GetAsync(new Uri(path, UriKind.Relative)));

    public Task<JsonElement> PostAsync(string path, object? body = null) => BodyAsync(SendAsync(path, body));

    /// <summary>Approves an undo as somebody who read its list.</summary>
    public Task<JsonElement> ApproveUndoAsync(long batch, JsonElement asked) =>
        PostAsync($"batches/{batch}/approve", new { fingerprint = asked.GetProperty("fingerprint").GetString(), comment = "Read", readList = true });

    /// <returns>The problem's code, or null when it was done.</returns>
    public async Task<string?> TryPostAsync(string path, object? body = null)
    {
        using var response = await SendAsync(path, body);
        return response.IsSuccessStatusCode ? null : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    /// <returns>The problem's sentence.</returns>
    public async Task<string> RefusedAsync(string path, object? body, HttpStatusCode status, string code)
    {
        using var response = await SendAsync(path, body);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, code), (response.StatusCode, problem.GetProperty("code").GetString()));
        return problem.GetProperty("detail").GetString()!;
    }

    public void Dispose() => _client.Dispose();

    private Task<HttpResponseMessage> SendAsync(string path, object? body) => _client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });

    private static async Task<JsonElement> BodyAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
