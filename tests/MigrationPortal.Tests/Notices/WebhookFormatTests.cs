using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Webhooks;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>What Slack and Teams receive, of a batch whose name is markup to them.</summary>
public sealed class WebhookFormatTests
{
    private const string Name = "<!channel> *bold* & [here](https://elsewhere.example)";
    private const string Escaped = "&lt;!channel&gt; *bold* &amp; [here](https://elsewhere.example)";

    private const string State = "State: In review · 0 of 1 approval · 1 room, 120 messages";

    // In the comment alone.
    private const string Written = "hunter2";

    [Fact]
    public async Task Slack_NameThatIsMarkup_IsShownAsItIsAndCallsNobody()
    {
        var (batch, bodies) = await SentAsync(WebhookFormat.Slack);
        var body = bodies[0];
        Assert.Equal($"{Escaped}: petra submitted the batch", body.GetProperty("text").GetString());
        Assert.False(body.GetProperty("mrkdwn").GetBoolean());
        var (section, context) = (body.GetProperty("blocks")[0], body.GetProperty("blocks")[1]);
        Assert.Equal(("section", "context", 2), (section.GetProperty("type").GetString(), context.GetProperty("type").GetString(), body.GetProperty("blocks").GetArrayLength()));
        Assert.Equal(("plain_text", $"{Escaped}: petra submitted the batch\n{State}"), (section.GetProperty("text").GetProperty("type").GetString(), section.GetProperty("text").GetProperty("text").GetString()));
        var link = Assert.Single(context.GetProperty("elements").EnumerateArray());
        Assert.Equal("mrkdwn", link.GetProperty("type").GetString());
        Assert.StartsWith($"<https://portal.contoso.com/batches/{batch}?", link.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(">", link.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{Escaped}: vera mentioned you in a comment", bodies[1].GetProperty("text").GetString());
        // The address of a thread has an ampersand.
        Assert.Contains("&amp;", bodies[1].GetProperty("blocks")[1].GetProperty("elements")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_NameThatIsMarkup_IsARunOfTextAndTheOnlyLinkIsThePortals()
    {
        var (batch, bodies) = await SentAsync(WebhookFormat.Teams);
        Assert.Equal("message", bodies[0].GetProperty("type").GetString());
        var attachment = Assert.Single(bodies[0].GetProperty("attachments").EnumerateArray());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var card = attachment.GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        Assert.Equal("http://adaptivecards.io/schemas/adaptive-card.json", card.GetProperty("$schema").GetString());
        var blocks = card.GetProperty("body").EnumerateArray().ToList();
        // A TextBlock would read Markdown.
        Assert.All(blocks, x => Assert.Equal("RichTextBlock", x.GetProperty("type").GetString()));
        var runs = blocks.ConvertAll(x => Assert.Single(x.GetProperty("inlines").EnumerateArray()));
        Assert.All(runs, x => Assert.Equal("TextRun", x.GetProperty("type").GetString()));
        Assert.Equal([$"{Name}: petra submitted the batch", State], runs.ConvertAll(x => x.GetProperty("text").GetString()));
        var action = Assert.Single(card.GetProperty("actions").EnumerateArray());
        Assert.Equal("Action.OpenUrl", action.GetProperty("type").GetString());
        Assert.StartsWith($"https://portal.contoso.com/batches/{batch}?", action.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_NameThatIsMarkup_IsGivenAsItIsWithAnAbsoluteAddress()
    {
        var (batch, bodies) = await SentAsync(WebhookFormat.Json);
        var data = bodies[0].GetProperty("data");
        Assert.Equal((Name, $"{Name}: petra submitted the batch"), (data.GetProperty("title").GetString(), data.GetProperty("text").GetString()));
        Assert.StartsWith($"https://portal.contoso.com/batches/{batch}?", data.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("https://portal.contoso.com", true)]
    public void Hosts_WithoutTheAddressThatLinksBeginWith_AreAMistakeOfTheConfiguration(string publicUrl, bool isRight)
    {
        var options = new NotificationsOptions { PublicUrl = publicUrl };
        var some = new ValidateNotificationsOptions(Options.Create(new WebhooksOptions { AllowedHosts = ["hooks.contoso.com"] })).Validate(null, options);
        Assert.Equal(isRight, some.Succeeded);
        if (!isRight)
            Assert.Contains("Webhooks:AllowedHosts", Assert.Single(some.Failures!), StringComparison.Ordinal);
        Assert.True(new ValidateNotificationsOptions(Options.Create(new WebhooksOptions())).Validate(null, options).Succeeded);
    }

    // Of a review, then of a comment in it. Neither has a word of what was written, or the name of a room.
    private static async Task<(long Batch, IReadOnlyList<JsonElement> Bodies)> SentAsync(WebhookFormat format)
    {
        await using var world = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var node = new HookNode(world);
        Done(await node.Save.HandleAsync(new SaveWebhook(null, "Ops", receiver.Url, format, ["ReviewOpened", "Mentioned"], null), PolicyWorld.Ada, CancellationToken.None));
        var batch = await world.SubmittedAsync(Name, "Desk");
        long anna;
        await using (var db = world.Database.OpenPortal())
            anna = await db.Set<Person>().Where(x => x.Name == Anna.Name).Select(x => x.Id).SingleAsync();
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, Anchor.Batch, $"{Written} @[anna](person:{anna})"), Vera, CancellationToken.None));
        await node.HandOutAsync();
        Assert.Equal(2, await node.SendAsync());
        var bodies = receiver.Taken.Select(x => x.Body).ToList();
        Assert.All(bodies, x => Assert.DoesNotContain(Written, x, StringComparison.Ordinal));
        Assert.All(bodies, x => Assert.DoesNotContain("Desk", x, StringComparison.Ordinal));
        return (batch, [.. bodies.Select(x => JsonSerializer.Deserialize<JsonElement>(x))]);
    }
}
