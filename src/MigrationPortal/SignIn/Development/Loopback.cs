using System.Net;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.Development;

/// <summary>Was this request made on this very machine? Asked before a persona is believed, whatever the portal listens on.</summary>
internal static class Loopback
{
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        // A proxy on this machine passes strangers on, and a hostile page may point its own name at 127.0.0.1.
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && ListenAddresses.IsLoopbackHost(context.Request.Host.Host);
}
