using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The whole way, by three people in three browsers: side by side, batch, review, run, proof.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class MoveRoomsTests(RunningPortal portal)
{

    [Fact]
    public async Task MoveRooms_PlannedApprovedAndRunByDifferentPeople_EndsProvenWithTheOnlookerFollowing()
    {
        var room = await MovableRoomAsync();
        var planner = await portal.SignInAsync("planner");
        var approver = await portal.SignInAsync("approver");
        var onlooker = await portal.SignInAsync("viewer");

        await planner.GotoAsync($"/rooms?comparison=OnlyLegacy&search={Uri.EscapeDataString(room)}");
        await planner.GetByLabel($"Select {room}").First.CheckAsync();
        await planner.GetByRole(AriaRole.Button, new() { NameRegex = AddToBatch() }).ClickAsync();
        await planner.Locator(".mud-dialog input").FillAsync("First wave");
        await planner.GetByRole(AriaRole.Button, new() { Name = "Create batch" }).ClickAsync();
        await Expect(planner.Locator("td.edge a", new() { HasText = "First wave" }).First).ToBeVisibleAsync();

        await planner.Locator("td.edge a", new() { HasText = "First wave" }).First.ClickAsync();
        var url = new Uri(planner.Url).PathAndQuery;
        await onlooker.GotoAsync(url);
        await Expect(onlooker.GetByRole(AriaRole.Heading, new() { Name = "First wave" })).ToBeVisibleAsync();
        // Each rule's warnings are acknowledged with a reason; then the plan can be submitted.
        var submit = planner.GetByRole(AriaRole.Button, new() { Name = "Submit for review" });
        await Expect(planner.Locator("#findings")).ToBeVisibleAsync();
        var open = planner.Locator("#findings .open");
        for (var left = await open.CountAsync(); left > 0; left--)
        {
            await planner.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…" }).First.ClickAsync();
            await planner.Locator(".mud-dialog textarea:visible").First.FillAsync("Agreed with the desk");
            await ConfirmAsync(planner);
            await Expect(open).ToHaveCountAsync(left - 1);
        }

        await Expect(submit).ToBeEnabledAsync();
        await submit.ClickAsync();
        await Expect(planner.GetByText("approval outstanding")).ToBeVisibleAsync();
        await Expect(planner.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToHaveAttributeAsync("aria-disabled", "true");

        await approver.GotoAsync("/inbox");
        await approver.GetByRole(AriaRole.Link, new() { Name = "First wave" }).First.ClickAsync();
        await approver.KeepAsync("review");
        await approver.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();

        // The onlooker never reloads: what happens next arrives by itself.
        await Expect(onlooker.GetByText("Next: start")).ToBeVisibleAsync();
        var operators = await portal.SignInAsync("operator");
        await operators.GotoAsync(url);
        await operators.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
        await ConfirmAsync(operators);
        await operators.WaitForURLAsync(address => address.Contains("/runs/", StringComparison.Ordinal));
        await Expect(onlooker.Locator(".badge", new() { HasTextRegex = Completed() }).First).ToBeVisibleAsync();
        await Expect(operators.GetByText(Verified()).First).ToBeVisibleAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await operators.EmulateMediaAsync(new() { ColorScheme = scheme });
            await operators.HasNoSeriousFindingAsync();
        }

        await planner.GotoAsync(url.Contains('?') ? url + "&tab=verification" : url + "?tab=verification");
        await Expect(planner.GetByText("Grade of the batch")).ToBeVisibleAsync();
        await Expect(planner.Locator(".badge", new() { HasTextRegex = PerfectOrGood() }).First).ToBeVisibleAsync();
    }

    /// <summary>Found by planning each alone, then given back.</summary>
    private async Task<string> MovableRoomAsync()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Try");
        return batch.Room;
    }

    // A dialog says in one sentence what will happen; its last button does it.
    private static async Task ConfirmAsync(IPage page) =>
        await page.Locator(".mud-dialog button[type=submit]").Last.ClickAsync();

    [GeneratedRegex("^Add .* to a batch", RegexOptions.None, 1000)]
    private static partial Regex AddToBatch();

    [GeneratedRegex("Completed", RegexOptions.None, 1000)]
    private static partial Regex Completed();

    // The rooms that are done stand in one closed line.
    [GeneratedRegex("messages? verified", RegexOptions.None, 1000)]
    private static partial Regex Verified();

    [GeneratedRegex("Perfect|Good", RegexOptions.None, 1000)]
    private static partial Regex PerfectOrGood();
}
