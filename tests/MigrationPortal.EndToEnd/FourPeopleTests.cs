using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>
/// One batch from its draft to its evidence package, by people who work on it at the same time: nobody's approval ends unseen, nothing that
/// somebody typed is lost, no page jumps, and what is no longer as it was seen is refused.
/// </summary>
[Collection(PortalCollection.Name)]
public sealed partial class FourPeopleTests(RunningPortal portal, ITestOutputHelper output)
{
    private const string Name = "By four people";

    [Fact]
    public async Task Batch_ChangedUnderItsDecision_IsDecidedAgainRunVerifiedAndProven()
    {
        await SetApprovalsAsync(2);
        try
        {
            var planner = await portal.SignInAsync("planner");
            var first = await portal.SignInAsync("approver");
            var second = await portal.SignInAsync("approver2");
            var url = await planner.CreateBatchAsync(await portal.MovableRoomAsync(), Name);
            await planner.AcknowledgeAllAsync("Agreed with the desk");
            await Expect(planner.Locator(".standing")).ToContainTextAsync("Needs 2 approvals");
            await planner.SubmitAsync();

            await TakeAndTalkAsync(planner, first, second, url);
            await ChangeUnderTheDecisionAsync(planner, first, second, url);
            await RestartUnderTheDecisionAsync(planner, first, second);
            await PostWhatWasTypedAsync(first, url);
            await DecideAgainAsync(planner, first, second);
            await RunAsync(planner, url);
            await ProveAsync(url);
        }
        finally
        {
            await SetApprovalsAsync(1);
        }
    }

    // One takes it, which the other sees on the inbox that is open there; they ask the planner, who answers.
    private static async Task TakeAndTalkAsync(IPage planner, IPage first, IPage second, string url)
    {
        foreach (var approver in new[] { first, second })
        {
            await approver.GotoAsync("/inbox");
            await Line(approver).ClickAsync();
        }

        await first.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(Line(second)).ToContainTextAsync("Approver takes it");
        await Expect(second.GetByRole(AriaRole.Button, new() { Name = "Take it over from Approver" })).ToBeVisibleAsync();
        await second.HasNoSeriousFindingAsync();
        await second.KeepAsync("inbox-taken");

        await first.GotoAsync(url);
        await first.CommentOnBatchAsync("Which desk is this,", "Planner", "planner");
        await Expect(planner.Locator(".bell-count")).ToBeVisibleAsync();
        await planner.Locator("#comments .thread").GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        var answer = planner.Locator("#comments .thread textarea");
        await answer.FillAsync("Rates");
        await answer.SendByKeysAsync();
        await Expect(first.Locator("#comments .thread .one")).ToHaveCountAsync(2);
    }

    private async Task ChangeUnderTheDecisionAsync(IPage planner, IPage first, IPage second, string url)
    {
        // The second approves and reads on in another tab, the first is still writing; the planner opened a dialog before and after.
        await second.GotoAsync(url);
        await second.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(first.Locator(".page-header").GetByText("1 of 2 approvals")).ToBeVisibleAsync();
        await second.GotoAsync(With(url, "tab=rooms"));
        await Expect(second.Locator(".grid.rooms tr[data-row]")).ToHaveCountAsync(1);
        await second.SettleAsync();
        await first.Locator("#decision[data-live]").FillAsync("Agreed with the head of desk");

        await planner.GotoAsync(With(url, "tab=rooms"));
        var rename = planner.GetByRole(AriaRole.Button, new() { NameRegex = RenameRoom() });
        await rename.ClickAsync();
        await Expect(planner.Locator(".mud-dialog")).ToContainTextAsync(ApprovedAt());
        await planner.Locator(".mud-dialog-actions button[type=button]").ClickAsync();
        await Expect(second.GetByText("no longer counts")).ToHaveCountAsync(0);

        await WriteFarDownAsync(second);
        await rename.ClickAsync();
        await planner.Locator(".mud-dialog input").FillAsync("Renamed under the decision");
        await planner.ConfirmAsync();
        var since = Stopwatch.StartNew();
        foreach (var page in new[] { second, first })
        {
            await Expect(page.GetByText("Planner changed the batch; the approval of Approver 2 no longer counts").First).ToBeVisibleAsync();
            output.WriteLine($"told after {since.ElapsedMilliseconds} ms");
        }

        await Expect(second).ToHaveURLAsync(TabOfRooms());
        await Expect(second.Locator(".grid.rooms tr[data-row]")).ToContainTextAsync("Renamed under the decision");
        await StoodStillAsync(second);
        await second.KeepAsync("approval-ended");

        // Whoever decides or edits by what they saw before is refused.
        var id = Id(url);
        using var api = portal.Api("planner");
        using var body = new StringContent($$"""{"name":"{{Name}} again","expectedRound":1}""", Encoding.UTF8, "application/json");
        using var late = await api.PatchAsync($"/api/v1/batches/{id}", body);
        Assert.Contains("review-moved", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // The reader is in the middle of a sentence, below what will be told.
    private static async Task WriteFarDownAsync(IPage page)
    {
        await page.SetViewportSizeAsync(1440, 420);
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync("Half a thought");
        Assert.True(await field.EvaluateAsync<bool>("""
            field => {
                field.scrollIntoView({ block: 'center' });
                window.kept = { field, top: field.getBoundingClientRect().top, isLeft: false };
                field.addEventListener('blur', () => window.kept.isLeft = true);
                return document.getElementById('main').scrollTop > 0;
            }
            """));
    }

    // The field is where it was on the screen, with the caret in it all the time.
    private static async Task StoodStillAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.activeElement === window.kept.field && Math.abs(window.kept.field.getBoundingClientRect().top - window.kept.top) < 2");
        Assert.False(await page.EvaluateAsync<bool>("window.kept.isLeft"));
        await Expect(page.Locator("#comment")).ToHaveValueAsync("Half a thought");
        await page.Locator("#comment").FillAsync("");
        await page.SetViewportSizeAsync(1440, 900);
    }

    // Nobody loads a page again: their browsers do.
    private async Task RestartUnderTheDecisionAsync(IPage planner, IPage first, IPage second)
    {
        await planner.GotoAsync(new Uri(planner.Url).AbsolutePath);
        await planner.SubmitAsync();
        // What was typed for the round that ended is there for the next, and after the portal was restarted.
        await Expect(first.Locator("#decision[data-live]")).ToHaveValueAsync("Agreed with the head of desk");
        var loaded = new[] { planner, first, second }.Select(page => page.WaitForRequestAsync(x => x.IsNavigationRequest)).ToList();
        await portal.RestartAsync();
        await Task.WhenAll(loaded);
        await Expect(first.Locator("#decision[data-live]")).ToHaveValueAsync("Agreed with the head of desk");
        await Expect(second).ToHaveURLAsync(TabOfRooms());
    }

    // The planner takes it back meanwhile: what the approver typed is not lost, and becomes a comment.
    private async Task PostWhatWasTypedAsync(IPage first, string url)
    {
        using var api = portal.Api("planner");
        await portal.PostAsync(api, $"/api/v1/batches/{Id(url)}/recall", "{}");
        var ended = first.Locator(".ended");
        await Expect(ended.Locator("textarea")).ToHaveValueAsync("Agreed with the head of desk");
        await first.HasNoSeriousFindingAsync();
        await first.KeepAsync("decision-ended");
        await ended.GetByRole(AriaRole.Button, new() { Name = "Post as comment", Exact = true }).ClickAsync();
        await Expect(first.GetByRole(AriaRole.Log)).ToContainTextAsync("Agreed with the head of desk");
        await Expect(ended).ToHaveCountAsync(0);
    }

    private static async Task DecideAgainAsync(IPage planner, IPage first, IPage second)
    {
        await Expect(planner.GetByRole(AriaRole.Log)).ToContainTextAsync("Agreed with the head of desk");
        await planner.SubmitAsync();
        // It was said, and is not offered once more.
        await Expect(first.Locator("#decision[data-live]")).ToHaveValueAsync("");
        await first.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(planner.Locator(".page-header").GetByText("1 of 2 approvals")).ToBeVisibleAsync();

        await second.GotoAsync(new Uri(second.Url).AbsolutePath);
        await second.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(planner.GetByText("Next: start")).ToBeVisibleAsync();
        await Expect(first.GetByText("Next: start")).ToBeVisibleAsync();
    }

    // Scheduled, taken back and started by the operator; the planner watches a page that is never loaded again.
    private async Task RunAsync(IPage planner, string url)
    {
        var operators = await portal.SignInAsync("operator");
        await operators.GotoAsync(url);
        await Expect(planner.Locator(".here .sheet li").Filter(new() { HasText = "Operator" })).ToHaveCountAsync(1);
        await operators.GetByRole(AriaRole.Button, new() { Name = "Schedule start" }).ClickAsync();
        await operators.Locator(".mud-dialog input[type=datetime-local]").First.FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(2):yyyy-MM-dd}T22:00");
        await operators.ConfirmAsync();
        await Expect(planner.Locator(".schedule")).ToContainTextAsync("22:00");
        await operators.GetByRole(AriaRole.Button, new() { Name = "Cancel schedule" }).ClickAsync();
        await Expect(operators.GetByRole(AriaRole.Button, new() { Name = "Schedule start" })).ToBeVisibleAsync();
        await operators.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
        await operators.ConfirmAsync();
        await operators.IsAtAsync("/runs/");

        await Expect(planner.Locator(".badge", new() { HasText = "Completed" }).First).ToBeVisibleAsync();
        await planner.GotoAsync(With(url, "tab=verification"));
        await Expect(planner.GetByText("Grade of the batch")).ToBeVisibleAsync();
    }

    // The package says by itself who did what, and the script that comes with the documentation finds nothing changed.
    private async Task ProveAsync(string url)
    {
        var auditor = await portal.SignInAsync("auditor");
        await auditor.GotoAsync(url);
        var link = auditor.Locator("a[href$='/evidence']");
        await Expect(link).ToBeVisibleAsync();
        await auditor.HasNoSeriousFindingAsync();
        var download = await auditor.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        var package = await download.PathAsync();
        var checkedPackage = await ScriptAsync("sh", Path.Combine(SourceFolder.Tests, "..", "..", "docs", "verify-evidence.sh"), package);
        // This portal has no certificate.
        Assert.Equal(3, checkedPackage.Code);
        Assert.StartsWith("UNSIGNED", checkedPackage.Said, StringComparison.Ordinal);

        var decisions = (await ScriptAsync("unzip", "-p", package, "decisions.json")).Said;
        Assert.Equal(3, CountOf(decisions, "\"verdict\":\"Approve\""));
        Assert.Equal(1, CountOf(decisions, "\"lostBy\":\"planner\""));
        var timeline = (await ScriptAsync("unzip", "-p", package, "timeline.json")).Said;
        foreach (var kind in new[] { "Submitted", "RoomRenamed", "ApprovalLost", "Recalled", "Approved", "RunStarted" })
            Assert.Contains($"\"kind\":\"{kind}\"", timeline, StringComparison.Ordinal);
        Assert.Contains("Which desk is this", (await ScriptAsync("unzip", "-p", package, "comments.json")).Said, StringComparison.Ordinal);
        // The page that prints is read without the portal.
        await auditor.SetContentAsync((await ScriptAsync("unzip", "-p", package, "index.html")).Said);
        await Expect(auditor.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(Name);
        await auditor.HasNoSeriousFindingWhileOpenAsync("h1");
        await auditor.KeepAsync("evidence");
    }

    private async Task SetApprovalsAsync(int number)
    {
        using var administrator = portal.Api("administrator");
        using var body = new StringContent($$"""{"approvals":{{number}},"reason":"for a journey"}""", Encoding.UTF8, "application/json");
        using var answer = await administrator.PutAsync("/api/v1/pool-pairs/tiny/policy", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static ILocator Line(IPage page) => page.Locator("tr[data-row]", new() { HasText = Name });

    private static string With(string url, string query) => $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    private static string Id(string url) => url.Split('?')[0].Split('/')[^1];

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;

    private static async Task<(int Code, string Said)> ScriptAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var script = Process.Start(start)!;
        var said = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, said);
    }

    [GeneratedRegex("^Rename .* in the new pool$", RegexOptions.None, 1000)]
    private static partial Regex RenameRoom();

    [GeneratedRegex(@"looking at the batch\. Approver 2 \(.+\) approved the batch\. Your change takes it back to draft", RegexOptions.None, 1000)]
    private static partial Regex ApprovedAt();

    [GeneratedRegex("tab=rooms", RegexOptions.None, 1000)]
    private static partial Regex TabOfRooms();
}
