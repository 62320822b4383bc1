using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Tests.Shared;

/// <summary>A port for somebody who listens on it in a moment. None of those that the system gives to connections on their way out: one of them would have it first.</summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _last = Random.Shared.Next(Count);

    public static int Find()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
