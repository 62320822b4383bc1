using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The last night: what came since, the last run, and the steps around it, seen by two people at once.</summary>
[Collection(PortalCollection.Name)]
public sealed class CutOverTests(RunningPortal portal)
{

    [Fact]
    public async Task CutOver_OfABatchThatRan_ClosesItBeforeTheOnlookersEyes()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Last night");
        using var api = portal.Api("operator");
        await portal.RunAsync(api, id);
        var onlooker = await portal.SignInAsync("viewer");
        await onlooker.GotoAsync($"/batches/{id}?tab=delta");
        await Expect(onlooker.GetByText("Changes since the last run").First).ToBeVisibleAsync();

        var op = await portal.SignInAsync("operator");
        await op.GotoAsync($"/batches/{id}?tab=delta");
        await op.GetByRole(AriaRole.Button, new() { Name = "Read preview", Exact = true }).ClickAsync();
        await Expect(op.GetByText("No changes, as far as")).ToBeVisibleAsync();
        await op.KeepAsync("delta");
        await op.HasNoSeriousFindingInBothThemesAsync();

        await op.GetByRole(AriaRole.Button, new() { Name = "Cut over…" }).ClickAsync();
        await ConfirmAsync(op);
        await op.IsAtAsync("/runs/");

        await Expect(onlooker.Locator(".badge", new() { HasText = "Cut over" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Step_OwnedAndDoneByOne_IsSeenByTheOtherWithoutReloading()
    {
        var op = await portal.SignInAsync("operator");
        var onlooker = await portal.SignInAsync("viewer");
        foreach (var page in new[] { op, onlooker })
        {
            await page.GotoAsync("/cutover");
            await Expect(page.GetByText("Enable people by policy")).ToBeVisibleAsync();
        }

        await Expect(onlooker.Locator("li.now").GetByRole(AriaRole.Button, new() { Name = "Mark step done…" })).ToHaveAttributeAsync("aria-disabled", "true");
        await op.Locator("li.now").GetByRole(AriaRole.Button, new() { Name = "Name owner… (owner of step 1)" }).ClickAsync();
        await op.Locator(".mud-dialog input").FillAsync("Night shift");
        await op.Locator(".mud-dialog button[type=submit]").ClickAsync();
        await Expect(onlooker.GetByRole(AriaRole.Button, new() { Name = "Night shift (owner of step 1)" })).ToBeVisibleAsync();

        await op.Locator("li.now").GetByRole(AriaRole.Button, new() { Name = "Mark step done…" }).ClickAsync();
        await op.Locator(".mud-dialog textarea:visible").First.FillAsync("backup-0412.bak, 118 GB");
        await ConfirmAsync(op);
        await Expect(onlooker.GetByText("backup-0412.bak, 118 GB")).ToBeVisibleAsync();
        await Expect(onlooker.Locator("li.now")).ToContainTextAsync("Inspect what will be migrated");
        await op.KeepAsync("cut-over");
    }

    private static async Task ConfirmAsync(IPage page) =>
        await page.Locator(".mud-dialog button[type=submit]").Last.ClickAsync();
}
