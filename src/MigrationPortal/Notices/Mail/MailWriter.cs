using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Notices.Preferences;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;
using MimeKit;

namespace MigrationPortal.Notices.Mail;

/// <summary>
/// A mail in its reader's language and zone: what a batch is called, what happened and who did it, its state and counts, and a link. Never a name of a room or a
/// member, evidence, or what somebody wrote beyond the beginning of a comment where that is switched on; no link does anything by being opened.
/// </summary>
internal sealed class MailWriter(IStringLocalizer<NoticeTexts> texts, IOptions<NotificationsOptions> options, TimeProvider clock)
{
    /// <summary>False where the directory has several addresses in one, or what is none.</summary>
    public static bool CanReach(Person to) => to.Mail is { } mail && MailboxAddress.TryParse(mail, out _);

    public MimeMessage Write(MailLetter letter) => InLanguageOf(letter.To, () => Compose(letter));

    /// <summary>Says that mails arrive.</summary>
    public MimeMessage WriteTest(Person to) => InLanguageOf(to, () =>
    {
        var url = options.Value.Absolute(Urls.MailSettings());
        return Begin(to, OneLine($"MigrationPortal: {new Wording("Notice.Test")}"), $"test-{Guid.NewGuid():n}", $"{texts["Mail.Test"]}\n{url}\n");
    });

    private static MimeMessage InLanguageOf(Person to, Func<MimeMessage> compose)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            var culture = CultureInfo.GetCultureInfo(to.Language is "de" or "es" ? to.Language : "en");
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return compose();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private MimeMessage Compose(MailLetter letter)
    {
        var (delivery, happened) = letter.About[0];
        var subject = OneLine(letter.About.Count == 1 ? $"{DisplayText.InSentence(happened.Title)}: {happened.Sentence}" : texts.Count("Mail.Several", letter.About.Count));
        var message = Begin(letter.To, subject, $"delivery-{delivery.Id}", Body(letter));
        if (letter.About.Count == 1)
            message.References.Add(Id(happened.Subject.Replace(':', '-')));
        return message;
    }

    private MimeMessage Begin(Person to, string subject, string id, string body)
    {
        var message = new MimeMessage { Subject = subject, Date = clock.GetUtcNow(), MessageId = Id(id), Body = new TextPart("plain") { Text = body } };
        message.From.Add(new MailboxAddress("MigrationPortal", options.Value.Smtp.From.Trim()));
        message.To.Add(new MailboxAddress(DisplayText.Visible(to.DisplayName), MailboxAddress.Parse(to.Mail!).Address));
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
            text.Append(OneLine(DisplayText.InSentence(happened.Title))).Append(": ").AppendLine(OneLine(happened.Sentence.ToString()));
            if (letter.States.TryGetValue(happened.Subject, out var state))
                text.AppendLine(OneLine(state.Say(CultureInfo.CurrentUICulture)));
            if (letter.Excerpts.TryGetValue(happened.Id, out var excerpt))
                text.Append("> ").AppendLine(OneLine(excerpt));
            text.Append(zone.DateTime(happened.At)).Append(" (").Append(zone.Name).AppendLine(")");
            text.AppendLine(options.Value.Absolute(happened.Url)).AppendLine();
        }

        text.AppendLine("-- ").AppendLine(texts["Mail.Why"]).AppendLine(options.Value.Absolute(Urls.NotificationSettings()));
        return text.ToString();
    }

    private string Id(string local) => $"{local}@{new Uri(options.Value.PublicUrl).Host}";

    // A subject has one line, and so has each sentence. Names stay isolated, and what cannot be seen in them is shown, as on a page.
    private static string OneLine(string text) => DisplayText.Sentence(text.ReplaceLineEndings(" "));
}
