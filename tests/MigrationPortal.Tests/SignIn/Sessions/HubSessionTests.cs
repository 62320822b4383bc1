using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.SignIn.Sessions;

/// <summary>A hub connection is opened once and would last for ever; it ends with the token that opened it.</summary>
public sealed class HubSessionTests
{
    // SignalR closes each JSON message with this.
    private const string RecordSeparator = "\u001e";

    [Fact]
    public async Task Connection_TokenRevoked_IsClosed()
    {
        await using var portal = await PortalApp.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SignIn:RecheckInterval"] = "00:00:01" });
        using var viewer = portal.ClientFor("viewer");
        using var made = await viewer.PostAsJsonAsync("api/v1/me/tokens", new { label = "follower", roles = new[] { "Viewer" } });
        var secret = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString();

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {secret}");
        await socket.ConnectAsync(new UriBuilder(new Uri(portal.Address, "hubs/progress")) { Scheme = "ws" }.Uri, limit.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"json\",\"version\":1}}{RecordSeparator}"), WebSocketMessageType.Text, true, limit.Token);
        Assert.Equal($"{{}}{RecordSeparator}", await ReceiveAsync(socket, limit.Token));

        await portal.Database.ExecuteAsync("update portal.api_tokens set revoked_at = now()");
        while (await ReceiveAsync(socket, limit.Token) is not null)
        {
            // Pings, until the end.
        }
    }

    private static async Task<string?> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            return received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}
