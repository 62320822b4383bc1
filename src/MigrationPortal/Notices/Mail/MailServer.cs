using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MimeKit;

namespace MigrationPortal.Notices.Mail;

/// <summary>The server cannot be used at all now: not reached, not trusted, or the portal's sign-in is refused.</summary>
internal sealed class MailServerAwayException(string reason, Wording why, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>The same for a person, in their language.</summary>
    public Wording Why { get; } = why;
}

/// <summary>What the server said to one mail.</summary>
/// <param name="IsFinal">Saying it again would change nothing.</param>
internal sealed record MailAnswer(bool IsTaken, bool IsFinal = false, Wording? Error = null);

/// <summary>The one way to the configured mail server.</summary>
internal sealed class MailServer(IOptions<NotificationsOptions> options)
{
    /// <exception cref="MailServerAwayException">It cannot be used.</exception>
    public async Task<MailSession> OpenAsync(CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        var client = new SmtpClient { Timeout = (int)smtp.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security switch
            {
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                SmtpSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, cancellationToken);
            if (smtp.User.Length > 0)
                await client.AuthenticateAsync(smtp.User, smtp.Password, cancellationToken);
            return new(client);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw MailSession.Away(failure);
        }
    }
}

internal sealed class MailSession(SmtpClient client) : IAsyncDisposable
{
    /// <exception cref="MailServerAwayException">The connection broke.</exception>
    public async Task<MailAnswer> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(message, cancellationToken);
            return new(IsTaken: true);
        }
        catch (SmtpCommandException refused) when (client.IsConnected && refused.StatusCode != SmtpStatusCode.ServiceNotAvailable)
        {
            // The status alone: what a server adds may repeat the address.
            return new(IsTaken: false, (int)refused.StatusCode >= 500, Answered(refused));
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Away(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (client.IsConnected)
                await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or ProtocolException or CommandException or SocketException)
        {
            // What was to be said was said before.
        }

        client.Dispose();
    }

    internal static MailServerAwayException Away(Exception failure)
    {
        var (reason, why) = failure switch
        {
            AuthenticationException => ("authentication failed", new Wording("Mail.Away.Authentication")),
            SslHandshakeException => ("TLS failed", new Wording("Mail.Away.Tls")),
            NotSupportedException => ("TLS is not offered", new Wording("Mail.Away.NoTls")),
            SmtpCommandException refused => ($"answered {(int)refused.StatusCode}", Answered(refused)),
            SocketException socket => (socket.SocketErrorCode.ToString(), new Wording(socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "Mail.Away.Name",
                SocketError.ConnectionRefused => "Mail.Away.Port",
                SocketError.TimedOut => "Mail.Away.Silent",
                _ => "Mail.Away.Connection",
            })),
            TimeoutException or OperationCanceledException => ("timed out", new Wording("Mail.Away.Silent")),
            _ => (failure.GetType().Name, new Wording("Mail.Away.Connection")),
        };
        return new(reason, why, failure);
    }

    private static Wording Answered(SmtpCommandException refused) => new("Mail.Away.Answer", $"{(int)refused.StatusCode}");
}
