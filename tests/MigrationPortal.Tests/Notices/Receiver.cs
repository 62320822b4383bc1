using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MigrationPortal.Tests.Notices;

/// <summary>One request, as its headers and body say.</summary>
internal sealed record Received(string Id, string At, string Signature, string Body);

/// <summary>A real receiver of webhooks in this process.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(Received What, bool IsTaken)> _received = new();

    private Receiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/hook";

    public HttpStatusCode Status { get; set; } = HttpStatusCode.NoContent;

    /// <summary>It breaks the connection instead of answering.</summary>
    public bool IsSilent { get; set; }

    public IEnumerable<Received> All => _received.Select(x => x.What);

    public IEnumerable<Received> Taken => _received.Where(x => x.IsTaken).Select(x => x.What);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        _received.Enqueue((new($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}", $"{headers["webhook-signature"]}", await reader.ReadToEndAsync()), !IsSilent && (int)Status < 300));
        if (IsSilent)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = (int)Status;
        if (Status == HttpStatusCode.Found)
            http.Response.Headers.Location = "/elsewhere";
    }
}
