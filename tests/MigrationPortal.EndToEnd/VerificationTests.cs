using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>From a message that a verification misses to both transcripts at that message, and back.</summary>
[Collection(PortalCollection.Name)]
public sealed class VerificationTests(RunningPortal portal)
{
    [Fact]
    public async Task Mismatch_Followed_OpensBothTranscriptsAtThatMessageAndComesBack()
    {
        var (id, room) = await portal.ApprovedBatchAsync("One message is lost");
        using var api = portal.Api("operator");
        var run = await portal.RunAsync(api, id);
        var guid = await portal.SqlAsync("migrationportal", $"select guid from portal.room_transfers where run_id = {run}");
        var lost = await portal.SqlAsync("sample_tiny_new", $"""
            delete from tblchat where ctid = (select c.ctid from tblchat c join tblnode n on n.nodeid = c.channelid where n.nodeguid = '{guid}' order by c.chatid offset 7 limit 1)
            returning chatid
            """);
        using (var asked = await api.PostAsync($"/api/v1/batches/{id}/verify", null))
            Assert.True(asked.IsSuccessStatusCode);

        var page = await portal.SignInAsync("approver");
        await page.GotoAsync($"/batches/{id}?tab=verification");
        var mismatch = page.Locator("article.exception").GetByRole(AriaRole.Link, new() { Name = $"Message {lost} is missing in the new room." });
        await mismatch.ClickAsync();
        await page.IsAtAsync($"tab=messages.*[?&]message={lost}(&|$)");
        await Expect(page.Locator("main h1")).ToContainTextAsync(room);

        await page.GetByRole(AriaRole.Button, new() { Name = "Open transcripts…" }).ClickAsync();
        await page.Locator(".mud-dialog textarea:visible").First.FillAsync("Which message is lost");
        await page.ConfirmAsync();
        var line = page.Locator(".transcript .line.marked");
        await Expect(line).ToHaveCountAsync(1);
        await Expect(line.Locator(".message").Nth(1)).ToContainTextAsync($"Message {lost} is missing here");
        await Expect(line.Locator(".message .text")).ToHaveCountAsync(1);
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.KeepAsync("mismatch-in-transcripts");

        await page.GoBackAsync();
        await page.IsAtAsync($"/batches/{id}.*tab=verification");
        await Expect(mismatch).ToBeVisibleAsync();
    }
}
