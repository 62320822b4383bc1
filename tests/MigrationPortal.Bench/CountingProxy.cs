using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Bench;

/// <summary>Stands between a browser and the portal and counts what the browser is sent, as it is on the wire.</summary>
internal sealed class CountingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _port;
    private long _sent;

    public CountingProxy(Uri portal)
    {
        _port = portal.Port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Bytes to the browser so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token), _end.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The bench is over.
        }
    }

    private async Task ServeAsync(TcpClient browser, CancellationToken cancellationToken)
    {
        try
        {
            using (browser)
            using (var portal = new TcpClient())
            {
                await portal.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                browser.NoDelay = portal.NoDelay = true;
                await Task.WhenAny(
                    PassAsync(browser.GetStream(), portal.GetStream(), isCounted: false, cancellationToken),
                    PassAsync(portal.GetStream(), browser.GetStream(), isCounted: true, cancellationToken));
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // Either side closed its connection.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool isCounted, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (isCounted)
                Interlocked.Add(ref _sent, count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }
}
