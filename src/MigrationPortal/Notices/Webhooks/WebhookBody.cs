using System.Globalization;
using System.Text.Json;
using MigrationPortal.Lists;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices.Webhooks;

/// <summary>What a webhook is sent, in English: the same facts as a mail, as they are when the event is handed out. Never a name of a room or a member, evidence or what somebody wrote.</summary>
internal static class WebhookBody
{
    private static readonly CultureInfo _english = CultureInfo.GetCultureInfo("en");

    public static string Of(NoticeEvent happened, WebhookFormat format, string url, NoticeState? state = null) => JsonSerializer.Serialize(
        format switch
        {
            WebhookFormat.Slack => Slack(happened, url, state),
            WebhookFormat.Teams => Teams(happened, url, state),
            _ when happened.Kind == AnchorNotices.Anchored => Anchor(happened, url),
            _ => Json(happened, url, state),
        },
        JsonSerializerOptions.Web);

    public static string Sentence(NoticeEvent happened) =>
        string.Concat(PlainText.Of($"{happened.Title}: {happened.Sentence.In(_english)}")!.Where(x => !char.IsControl(x)));

    private static string[] Lines(NoticeEvent happened, NoticeState? state) => state is null ? [Sentence(happened)] : [Sentence(happened), state.Say(_english)];

    private static object Json(NoticeEvent happened, string url, NoticeState? state) => new
    {
        Type = happened.Kind,
        Timestamp = happened.At,
        Data = new { happened.Subject, happened.PoolPairId, happened.Title, Text = Sentence(happened), happened.By, Batch = state?.Facts, Url = url },
    };

    // data.anchor is a line of the file that docs/verify-audit.py takes.
    private static object Anchor(NoticeEvent happened, string url) => new
    {
        Type = happened.Kind,
        Timestamp = happened.At,
        Data = new
        {
            happened.Subject, happened.Title, Text = Sentence(happened), Url = url,
            Anchor = new
            {
                Id = long.Parse(happened.Values[AnchorNotices.Id], CultureInfo.InvariantCulture), Hash = happened.Values[AnchorNotices.Hash],
                Count = long.Parse(happened.Values[AnchorNotices.Count], CultureInfo.InvariantCulture), At = happened.Values[AnchorNotices.At],
            },
        },
    };

    // A name is no markup: <!channel> in one must call nobody, and *Wave 1* is not bold.
    private static object Slack(NoticeEvent happened, string url, NoticeState? state) => new
    {
        Text = Escaped(Sentence(happened)),
        Mrkdwn = false,
        Blocks = new object[]
        {
            new { Type = "section", Text = new { Type = "plain_text", Text = Escaped(string.Join('\n', Lines(happened, state))) } },
            new { Type = "context", Elements = new object[] { new { Type = "mrkdwn", Text = $"<{Escaped(url)}>" } } },
        },
    };

    // The three characters that Slack reads as its own in every text; it shows them as they were.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // A TextBlock reads Markdown, and a name could bring a link of its own; a TextRun does not.
    private static object Teams(NoticeEvent happened, string url, NoticeState? state) => new
    {
        Type = "message",
        Attachments = new object[]
        {
            new
            {
                ContentType = "application/vnd.microsoft.card.adaptive",
                Content = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["type"] = "AdaptiveCard",
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["version"] = "1.4",
                    ["body"] = Lines(happened, state).Select(x => new { Type = "RichTextBlock", Inlines = new object[] { new { Type = "TextRun", Text = x } } }).ToArray(),
                    ["actions"] = new object[] { new { Type = "Action.OpenUrl", Title = "MigrationPortal", Url = url } },
                },
            },
        },
    };
}
