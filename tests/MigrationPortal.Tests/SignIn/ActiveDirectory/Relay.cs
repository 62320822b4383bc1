using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Tests.SignIn.ActiveDirectory;

/// <summary>Passes every byte on to another address: the right server under a wrong name.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _accepting;

    private Relay(string from, string to)
    {
        _listener = new TcpListener(IPAddress.Parse(from), 636);
        _listener.Start();
        _accepting = AcceptAsync(to);
    }

    public static Relay Start(string from, string to) => new(from, to);

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
                _ = PassAsync(await _listener.AcceptTcpClientAsync(), to);
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
