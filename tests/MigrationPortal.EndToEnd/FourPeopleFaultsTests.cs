using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>
/// What goes wrong between four people at one batch: an approval comes while a planner is asked what to end, whoever gave it is away when it ends, and
/// somebody still writes about a review that is over.
/// </summary>
[Collection(PortalCollection.Name)]
public sealed partial class FourPeopleFaultsTests(RunningPortal portal)
{
    private const string Name = "Faults of four people";
    private const string Note = "The desk was renamed this morning";

    [Fact]
    public async Task Batch_ApprovedWhileItsEditIsAsked_IsAskedAboutAgain_AndWhoWasAwayIsToldAndDecidesAgain()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, Name);
        await SubmitAsync(api, batch.Id);
        var (planner, first, second, onlooker) = (await portal.SignInAsync("planner"), await portal.SignInAsync("approver"), await portal.SignInAsync("approver2"), await portal.SignInAsync("operator"));
        foreach (var page in new[] { first, onlooker })
        {
            await page.GotoAsync($"/batches/{batch.Id}");
            await page.SettleAsync();
        }

        await EditUnderAnApprovalAsync(api, planner, first, batch.Id);
        await Expect(onlooker.GetByText("Planner changed the batch; the approval of Approver no longer counts").First).ToBeVisibleAsync();
        await ComeBackAsync(first, batch.Id);
        await DiscardWhatWasTypedAsync(api, first, second, batch.Id);
    }

    // What the planner was told to end is no longer all that would end when they confirm it.
    private async Task EditUnderAnApprovalAsync(HttpClient api, IPage planner, IPage first, string id)
    {
        using var reader = portal.Api("approver");
        await BatchSteps.LookedAtAsync(reader, id);
        await planner.GotoAsync($"/batches/{id}?tab=rooms");
        await planner.GetByRole(AriaRole.Button, new() { NameRegex = RenameRoom() }).ClickAsync();
        await Expect(planner.Locator(".mud-dialog")).ToContainTextAsync("The batch is in review. Your change takes it back to draft");
        await planner.Locator(".mud-dialog input").FillAsync("Renamed under its approval");
        await planner.Locator(".mud-dialog textarea:visible").First.FillAsync(Note);

        await first.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(first.GetByText("Next: start")).ToBeVisibleAsync();
        await first.GotoAsync("/inbox");

        await planner.ConfirmAsync();
        var again = planner.Locator(".mud-dialog", new() { HasText = "anyway?" });
        await Expect(again).ToContainTextAsync(ApprovedMeanwhile());
        await planner.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await planner.KeepAsync("approved-meanwhile");
        Assert.Equal("Approved", (await portal.GetAsync(api, $"/api/v1/batches/{id}")).GetProperty("state").GetString());
        await again.Locator("button[type=submit]").ClickAsync();
        await Expect(planner.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await Expect(planner.Locator(".grid.rooms tr[data-row]")).ToContainTextAsync("Renamed under its approval");
    }

    // From the bell to the note, beside which stands what changed.
    private static async Task ComeBackAsync(IPage first, string id)
    {
        await Expect(first.Locator(".bell-count")).ToBeVisibleAsync();
        await first.Locator(".bell button").ClickAsync();
        var item = first.Locator(".bell-sheet .unread").Filter(new() { HasText = "mentioned you" }).Filter(new() { HasText = Name });
        await Expect(item).ToHaveCountAsync(1);
        await item.ClickAsync();
        await first.IsAtAsync($@"/batches/{id}\?thread=\d+");
        await Expect(first.Locator("#comments .thread")).ToContainTextAsync(Note);
        await Expect(first.Locator(".since")).ToContainTextAsync("Planner gave 1 room another new name");
        await first.KeepAsync("since-note");
    }

    // The other approver sends it back while the first one is still writing.
    private async Task DiscardWhatWasTypedAsync(HttpClient api, IPage first, IPage second, string id)
    {
        await SubmitAsync(api, id);
        var decision = first.Locator("#decision[data-live]");
        await decision.FillAsync("Not on a Friday");
        await second.GotoAsync($"/batches/{id}");
        await second.Locator("#decision[data-live]").FillAsync("Ask the desk first");
        await second.GetByRole(AriaRole.Button, new() { Name = "Send back", Exact = true }).ClickAsync();

        var ended = first.Locator(".ended");
        await Expect(ended.Locator("textarea")).ToHaveValueAsync("Not on a Friday");
        await Expect(first.Locator(".notice.lost")).ToContainTextAsync("Approver 2 sent the batch back");
        await ended.GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = true }).ClickAsync();
        await Expect(ended).ToHaveCountAsync(0);

        // Nobody is offered it again, and nobody reads it.
        await SubmitAsync(api, id);
        await Expect(decision).ToHaveValueAsync("");
        await first.ReloadAsync();
        await Expect(first.GetByRole(AriaRole.Log)).ToContainTextAsync(Note);
        await Expect(first.GetByRole(AriaRole.Log)).Not.ToContainTextAsync("Not on a Friday");
        await Expect(decision).ToHaveValueAsync("");
    }

    private Task<JsonElement> SubmitAsync(HttpClient api, string id) => portal.PostAsync(api, $"/api/v1/batches/{id}/submit", """{"acknowledgeWarnings":true}""");

    [GeneratedRegex("^Rename .* in the new pool$", RegexOptions.None, 1000)]
    private static partial Regex RenameRoom();

    [GeneratedRegex(@"Approver \(.+\) approved the batch\. Your change takes it back to draft", RegexOptions.None, 1000)]
    private static partial Regex ApprovedMeanwhile();
}
