using System.Net;
using System.Net.Sockets;
using MigrationPortal.Start;

namespace MigrationPortal.App;

/// <summary>
/// A taken port is found before anything is started: the server would find it last, and the host would tell it as a stack trace.
/// Somebody may still take it in between; then the host's word stands in the log beside our sentence.
/// </summary>
internal static class FreePorts
{
    public static void Demand(IConfiguration configuration)
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                && uri.Port > 0
                && IsTaken(uri))
                throw new StartupRefusedException($"Another program already listens on {url}: stop it, or choose another address with --urls.");
        }
    }

    private static bool IsTaken(Uri uri)
    {
        var address = IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback;
        try
        {
            using var listener = new TcpListener(address, uri.Port);
            listener.Start();
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
