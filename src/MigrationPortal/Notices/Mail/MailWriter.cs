using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MimeKit;

namespace MigrationPortal.Notices.Mail;

/// <summary>
/// A mail in its reader's language and zone: what a batch is called, what happened and who did it, and a link. Never a name of a room or a
/// member, evidence or what somebody wrote; no link does anything by being opened.
/// </summary>
internal sealed class MailWriter(IStringLocalizer<NoticeTexts> texts, IOptions<NotificationsOptions> options, TimeProvider clock)
{
    public MimeMessage Write(MailLetter letter)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            var culture = CultureInfo.GetCultureInfo(letter.To.Language is "de" or "es" ? letter.To.Language : "en");
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return Compose(letter);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private MimeMessage Compose(MailLetter letter)
    {
        var (delivery, happened) = letter.About[0];
        var message = new MimeMessage
        {
            Subject = OneLine(letter.About.Count == 1 ? $"{happened.Title}: {happened.Sentence}" : texts.Count("Mail.Several", letter.About.Count)),
            Date = clock.GetUtcNow(),
            MessageId = Id($"delivery-{delivery.Id}"),
            Body = new TextPart("plain") { Text = Body(letter) },
        };
        message.From.Add(new MailboxAddress("MigrationPortal", options.Value.Smtp.From));
        message.To.Add(new MailboxAddress(letter.To.DisplayName, letter.To.Mail!));
        if (letter.About.Count == 1)
            message.References.Add(Id(happened.Subject.Replace(':', '-')));
        // Nobody's absence notice answers it, and mail programs offer a way out of it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Headers.Add("List-Unsubscribe", $"<{options.Value.Absolute(Urls.NotificationSettings())}>");
        return message;
    }

    private string Body(MailLetter letter)
    {
        var zone = Clock.Of(letter.To.Zone);
        var text = new StringBuilder();
        foreach (var (_, happened) in letter.About)
        {
            text.Append(OneLine(happened.Title)).Append(": ").AppendLine(OneLine(happened.Sentence.ToString()));
            text.Append(zone.DateTime(happened.At)).Append(" (").Append(zone.Name).AppendLine(")");
            text.AppendLine(options.Value.Absolute(happened.Url)).AppendLine();
        }

        text.AppendLine("-- ").AppendLine(texts["Mail.Why"]).AppendLine(options.Value.Absolute(Urls.NotificationSettings()));
        return text.ToString();
    }

    private string Id(string local) => $"{local}@{new Uri(options.Value.PublicUrl).Host}";

    // The signs that keep names apart in a page are noise in a mail, and a subject has one line.
    private static string OneLine(string text) => string.Concat(text.Where(x => x is not ('\u2068' or '\u2069') && !char.IsControl(x)));
}
