using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Passes every byte on to another address: the right server under a wrong name, or under one that its certificate has as well (.9).</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _accepting;

    private int _unanswered;

    private Relay(string from, string to, int unanswered)
    {
        _unanswered = unanswered;
        _listener = new TcpListener(IPAddress.Parse(from), 636);
        _listener.Start();
        _accepting = AcceptAsync(to);
    }

    /// <param name="unanswered">How many of the first connections are closed without a byte.</param>
    public static Relay Start(string from, string to, int unanswered = 0) => new(from, to, unanswered);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync(string to)
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                if (_unanswered-- > 0)
                    client.Dispose();
                else
                    _ = PassAsync(client, to);
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private static async Task PassAsync(TcpClient client, string to)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(to, 636);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
            }
            catch (Exception closed) when (closed is SocketException or IOException)
            {
                // Either side went away.
            }
        }
    }
}
