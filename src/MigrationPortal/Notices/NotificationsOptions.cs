namespace MigrationPortal.Notices;

public enum SmtpSecurity
{
    /// <summary>Begins in the clear and must become TLS before anything is said.</summary>
    StartTls,
    /// <summary>TLS from the first byte.</summary>
    Tls,
    /// <summary>Only to this machine.</summary>
    None,
}

/// <summary>How the portal tells people besides the bell. Without a mail server and its own address there is the bell alone.</summary>
public sealed class NotificationsOptions
{
    public const string Section = "Notifications";

    /// <summary>Where people reach the portal: what links in mails and webhooks begin with.</summary>
    public string PublicUrl { get; set; } = "";

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Mails about a comment quote its beginning. Never in threads about a message.</summary>
    public bool CommentExcerpts { get; set; }

    public bool HasMail => Smtp.Host.Length > 0;

    /// <summary>An address of the portal as others reach it.</summary>
    public string Absolute(string url) => PublicUrl.TrimEnd('/') + url;
}

public sealed class SmtpOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public SmtpSecurity Security { get; set; }

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
