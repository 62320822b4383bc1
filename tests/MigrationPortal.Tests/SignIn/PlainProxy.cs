using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Tests.SignIn;

/// <summary>The plainest proxy there is: each new connection goes to the node that is next in turn and answers.</summary>
internal sealed class PlainProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Uri> _nodes;
    private readonly Task _accepting;
    private int _turn;

    public PlainProxy(params IEnumerable<Uri> nodes)
    {
        _nodes = [.. nodes];
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>How many connections each node got.</summary>
    public Dictionary<Uri, int> Connections { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            for (var attempt = 0; attempt < _nodes.Count; attempt++)
            {
                var node = _nodes[Interlocked.Increment(ref _turn) % _nodes.Count];
                try
                {
                    using var server = new TcpClient();
                    await server.ConnectAsync(node.Host, node.Port);
                    lock (Connections)
                        Connections[node] = Connections.GetValueOrDefault(node) + 1;
                    await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
                    return;
                }
                catch (Exception gone) when (gone is SocketException or IOException)
                {
                    // That node is down: the next one.
                }
            }
        }
    }
}
