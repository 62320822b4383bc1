using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>A network between the engine and a server that falls silent, or is cut, in the middle of what is said.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Task<Stream>> _connect;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private long _left = long.MaxValue;
    private bool _cuts;

    /// <param name="connect">To the server.</param>
    public FaultyProxy(Func<Task<Stream>> connect)
    {
        _connect = connect;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether the fault has happened.</summary>
    public bool IsFaulty => Interlocked.Read(ref _left) <= 0;

    /// <summary>Lets through that many bytes more, of both directions together; then nothing.</summary>
    public void FailAfter(long bytes, bool cuts)
    {
        _cuts = cuts;
        Interlocked.Exchange(ref _left, bytes);
    }

    public void Heal() => Interlocked.Exchange(ref _left, long.MaxValue);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var server = await _connect();
                await Task.WhenAny(PumpAsync(client.GetStream(), server), PumpAsync(server, client.GetStream()));
            }
            catch (Exception closed) when (closed is SocketException or IOException)
            {
                // Either side went away.
            }
        }
    }

    private async Task PumpAsync(Stream from, Stream to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _ended.Token) is > 0 and var read)
            {
                var left = Interlocked.Add(ref _left, -read) + read;
                if (left < read)
                {
                    if (left > 0) await to.WriteAsync(buffer.AsMemory(0, (int)left), _ended.Token);
                    if (_cuts) return;
                    await Task.Delay(Timeout.Infinite, _ended.Token);
                }
                await to.WriteAsync(buffer.AsMemory(0, read), _ended.Token);
            }
        }
        catch (Exception closed) when (closed is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side went away.
        }
    }
}
