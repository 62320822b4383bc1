using System.Net;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>Another system on this machine, which is told of what happens.</summary>
internal sealed class WebhookListener : IDisposable
{
    private readonly HttpListener _http = new();

    public WebhookListener()
    {
        Url = $"http://127.0.0.1:{FreePort.Find()}/hook/";
        _http.Prefixes.Add(Url);
        _http.Start();
    }

    public string Url { get; }

    /// <summary>Takes the next call.</summary>
    public async Task<(JsonElement Body, string? Signature)> TakeAsync()
    {
        var call = await _http.GetContextAsync();
        using var body = await JsonDocument.ParseAsync(call.Request.InputStream);
        call.Response.StatusCode = (int)HttpStatusCode.NoContent;
        call.Response.Close();
        return (body.RootElement.Clone(), call.Request.Headers["webhook-signature"]);
    }

    public void Dispose() => _http.Close();
}
