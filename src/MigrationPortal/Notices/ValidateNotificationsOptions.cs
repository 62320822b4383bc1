using System.Net;
using Microsoft.Extensions.Options;
using MigrationPortal.Notices.Webhooks;
using MimeKit;

namespace MigrationPortal.Notices;

/// <summary>All mistakes at once, each naming its key.</summary>
internal sealed class ValidateNotificationsOptions(IOptions<WebhooksOptions> webhooks) : IValidateOptions<NotificationsOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationsOptions options)
    {
        var mistakes = new List<string>();
        if (options.PublicUrl.Length > 0 && !(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0))
            mistakes.Add("Notifications:PublicUrl must be the address at which people reach the portal, such as https://portal.contoso.com.");
        // Where links are read there is no page that they could be relative to.
        if (options.PublicUrl.Length == 0 && webhooks.Value.AllowedHosts.Count > 0)
            mistakes.Add("Notifications:PublicUrl is missing: webhooks (Webhooks:AllowedHosts) need it for their links. Set it to the address at which people reach the portal, such as https://portal.contoso.com, or empty Webhooks:AllowedHosts.");
        if (options.HasMail)
            Check(options, mistakes);
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static void Check(NotificationsOptions options, List<string> mistakes)
    {
        var smtp = options.Smtp;
        if (options.PublicUrl.Length == 0)
            mistakes.Add("Notifications:PublicUrl is missing: mails need it for their links.");
        // An address alone: the portal writes its own name before it.
        if (!MailboxAddress.TryParse(smtp.From, out var from) || from.Address != smtp.From.Trim() || !from.Address.Contains('@'))
            mistakes.Add("Notifications:Smtp:From must be the sender's mail address, such as portal@contoso.com.");
        if (smtp.Port is < 1 or > 65535)
            mistakes.Add("Notifications:Smtp:Port must be between 1 and 65535.");
        if (smtp.Timeout < TimeSpan.FromSeconds(1) || smtp.Timeout > TimeSpan.FromMinutes(2))
            mistakes.Add("Notifications:Smtp:Timeout must be between 1 second and 2 minutes.");
        if (smtp.Security == SmtpSecurity.None && !IsThisMachine(smtp.Host))
            mistakes.Add("Notifications:Smtp:Security can be None only for a mail server on this machine. Use StartTls or Tls.");
        if ((smtp.User.Length == 0) != (smtp.Password.Length == 0))
            mistakes.Add("Notifications:Smtp:User and Notifications:Smtp:Password belong together: set both or neither.");
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
