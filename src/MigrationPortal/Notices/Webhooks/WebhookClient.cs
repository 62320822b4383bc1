using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;

namespace MigrationPortal.Notices.Webhooks;

/// <param name="Answer">The status, or what failed; never what the receiver wrote.</param>
/// <param name="IsSilent">Nobody answered, which may have taken the whole ten seconds.</param>
internal sealed record WebhookAnswer(bool IsTaken, Wording Answer, bool IsSilent = false);

/// <summary>Posts to a receiver: ten seconds, no redirect, only to allowed hosts and never to a link-local address, whatever its name leads to.</summary>
internal sealed class WebhookClient(WebhookSecrets secrets, IOptions<WebhooksOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = _longest,
    };

    public async Task<WebhookAnswer> PostAsync(Webhook hook, string id, string body, CancellationToken cancellationToken)
    {
        var url = new Uri(hook.Url);
        if (!options.Value.Allows(url))
            return new(IsTaken: false, new("Webhook.NoHost"));
        if (secrets.Open(hook) is not { Count: > 0 } known)
            return new(IsTaken: false, new("Webhook.NoSecret"));
        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(id, now, body, known));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new(answer.IsSuccessStatusCode, Wording.OfText(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(IsTaken: false, new(failure is not HttpRequestException http ? "Webhook.Silent" : http.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "Webhook.NoName",
                HttpRequestError.SecureConnectionError => "Webhook.Tls",
                _ => "Webhook.NoConnection",
            }), IsSilent: true);
        }
    }

    public void Dispose() => _http.Dispose();

    // The name is looked up here and connected to by address, so that no second look-up leads elsewhere.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Length == 0 || addresses.Any(WebhooksOptions.IsLinkLocal))
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The address is not allowed.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
