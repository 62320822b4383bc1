using System.Net.Security;
using System.Net.Sockets;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>
/// Does anybody speak LDAP there, told within two seconds? The LDAP library waits for ever on a port that is open and silent, and
/// cannot be interrupted; so it is only let near servers that have just answered.
/// </summary>
internal static class DomainControllerProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // ExtendedRequest 1.3.6.1.4.1.1466.20037, message 1: "may we turn to TLS?"
    private static readonly byte[] StartTls = [0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8];

    /// <returns>Null when it answers; else why it does not, for the log.</returns>
    public static async Task<string?> AskAsync(string server, ActiveDirectoryOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server, options.EffectivePort, limit.Token);
            await using var stream = client.GetStream();
            if (options.Ldaps)
                await ShakeHandsAsync(stream, server, limit.Token);
            else
                await AskForTlsAsync(stream, limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Limit.TotalSeconds:0} s";
        }
        catch (Exception failure) when (failure is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return failure.Message;
        }
    }

    private static async Task ShakeHandsAsync(NetworkStream stream, string server, CancellationToken cancellationToken)
    {
        // Only whether it speaks; nothing is said here. Whom the certificate names is judged by the LDAP library before the first word.
        await using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
#pragma warning disable CA5359, MA0039 // See above: the connection is closed right after the handshake.
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = server, RemoteCertificateValidationCallback = (_, _, _, _) => true }, cancellationToken);
#pragma warning restore CA5359, MA0039
    }

    private static async Task AskForTlsAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(StartTls, cancellationToken);
        if (await stream.ReadAsync(new byte[1], cancellationToken) == 0)
            throw new IOException("The connection was closed without an answer.");
    }
}
