using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>An undo asked for, read, decided about and carried out by different people, each of whom sees what the others do.</summary>
[Collection(PortalCollection.Name)]
public sealed class UndoJourneyTests(RunningPortal portal)
{
    [Fact]
    public async Task Undo_AskedForAndDecidedByDifferentPeople_NeedsTheListReadAndAComment()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Undone");
        using var api = portal.Api("operator");
        await portal.RunAsync(api, id);
        var (operators, approver, onlooker) = (await portal.SignInAsync("operator"), await portal.SignInAsync("approver"), await portal.SignInAsync("planner"));
        foreach (var page in new[] { operators, approver, onlooker })
        {
            await page.GotoAsync($"/batches/{id}?tab=undo");
            await Expect(page.GetByText("What is deleted, what is kept")).ToBeVisibleAsync();
        }

        await operators.GetByRole(AriaRole.Button, new() { Name = "Read preview" }).ClickAsync();
        await Expect(operators.GetByText("Nobody has used them since the run")).ToBeVisibleAsync();
        await operators.GetByRole(AriaRole.Button, new() { Name = "Request undo…" }).ClickAsync();
        await operators.Locator(".mud-dialog textarea:visible").First.FillAsync("Wrong desk");
        await operators.ConfirmAsync();

        // The list is the one that was kept with the request.
        await Expect(approver.Locator(".asked q")).ToHaveTextAsync("Wrong desk");
        await Expect(approver.GetByText("Nobody has used them since the run")).ToBeVisibleAsync();
        await IsAccessibleAsync(approver, "undo-review");
        var approve = approver.GetByRole(AriaRole.Button, new() { Name = "Approve deleting 1 room" });
        await Expect(approve).ToHaveAttributeAsync("aria-disabled", "true");
        await approver.GetByLabel("I have read the list").CheckAsync();
        await approve.ClickAsync();
        await Expect(approver.Locator("#decision-problem")).ToHaveTextAsync("Enter a comment; it is kept with the approval.");
        await approver.Locator("#decision").FillAsync("Nobody wrote there yet");
        await approve.ClickAsync();

        await Expect(onlooker.GetByText("It deletes exactly what the preview shows, or nothing.")).ToBeVisibleAsync();
        await operators.GetByRole(AriaRole.Button, new() { Name = "Start undo…" }).ClickAsync();
        await operators.ConfirmAsync();
        await Expect(onlooker.GetByText("Undone", new() { Exact = true }).First).ToBeVisibleAsync();
        await IsAccessibleAsync(onlooker, "undone");
    }

    private static async Task IsAccessibleAsync(IPage page, string picture)
    {
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.KeepAsync(picture);
    }
}
