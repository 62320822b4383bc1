using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>A network between the engine and a server that falls silent, or is cut, in the middle of what is said.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<TestDatabase> _database;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;
    private long _left = long.MaxValue;
    private bool _cuts;

    /// <param name="database">Asked for when somebody connects.</param>
    public FaultyProxy(Func<TestDatabase> database)
    {
        _database = database;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <param name="seconds">How long a statement may take.</param>
    /// <param name="cancelSeconds">How long the driver waits for the answer to a cancelled one.</param>
    public string Through(string connectionString, int seconds = 600, int cancelSeconds = 2) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, SslMode = SslMode.Disable, CommandTimeout = seconds, CancellationTimeout = cancelSeconds * 1000,
    }.ConnectionString;

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
                await using var server = await ConnectAsync(_database());
                await Task.WhenAny(PumpAsync(client.GetStream(), server), PumpAsync(server, client.GetStream()));
            }
            catch (Exception closed) when (closed is SocketException or IOException)
            {
                // Either side went away.
            }
        }
    }

    private static async Task<Stream> ConnectAsync(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var isLocal = settings.Host!.StartsWith('/');
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(isLocal ? new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}") : new DnsEndPoint(settings.Host, settings.Port));
        return new NetworkStream(socket, ownsSocket: true);
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
