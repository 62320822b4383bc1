using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Who has to decide hears of it outside the portal, and comes back by the link.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class MailTests(RunningPortal portal)
{
    private const string Name = "Told by mail";

    [Fact]
    public async Task Review_Submitted_ReachesItsApproverByMailWithALinkThatOpensIt_AndAnotherSystemByWebhook()
    {
        using var receiver = new WebhookListener();
        using var administrator = portal.Api("administrator");
        using var planner = portal.Api("planner");
        // Who never signed in has no address.
        var approver = await portal.SignInAsync("approver");
        var hook = await portal.PostAsync(administrator, "/api/v1/webhooks", $$"""{"name":"{{Name}}","url":"{{receiver.Url}}","format":"Json","kinds":["ReviewOpened"]}""");
        // Given back at the end.
        await using var batch = await portal.MovableBatchAsync(planner, Name);
        // Taken as soon as it comes: the portal waits for the answer no longer than ten seconds.
        var called = receiver.TakeAsync();
        await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");

        var mail = await Eventually.GetAsync(
            () => Task.FromResult(portal.MailServer.Mails.FirstOrDefault(x => x.Subject.StartsWith($"{Name}: ", StringComparison.Ordinal) && x.To == "approver@personas.invalid")),
            _ => true);
        Assert.DoesNotContain(batch.Room, mail.Text, StringComparison.Ordinal);
        var link = Link().Match(mail.Text).Value;
        await approver.GotoAsync(link);
        await Expect(approver.Locator("h1")).ToContainTextAsync(Name);
        await Expect(approver.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToBeEnabledAsync();

        var (body, signature) = await called.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("ReviewOpened", link), (body.GetProperty("type").GetString(), body.GetProperty("data").GetProperty("url").GetString()));
        Assert.StartsWith("v1,", signature, StringComparison.Ordinal);
        using var removed = await administrator.DeleteAsync($"/api/v1/webhooks/{hook.GetProperty("id").GetString()}");
        Assert.True(removed.IsSuccessStatusCode);
        await approver.Context.DisposeAsync();
    }

    [GeneratedRegex(@"http://\S+/batches/\d+\S*", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
