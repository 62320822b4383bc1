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
        var room = await portal.MovableRoomAsync();
        var planner = await portal.SignInAsync("planner");
        var approver = await portal.SignInAsync("approver");
        var onlooker = await portal.SignInAsync("viewer");

        var url = await planner.CreateBatchAsync(room, "First wave");
        await onlooker.GotoAsync(url);
        await Expect(onlooker.GetByRole(AriaRole.Heading, new() { Name = "First wave" })).ToBeVisibleAsync();
        await planner.AcknowledgeAllAsync("Agreed with the desk");
        await planner.SubmitAsync();
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
        await operators.ConfirmAsync();
        await operators.IsAtAsync("/runs/");
        await Expect(onlooker.Locator(".badge", new() { HasTextRegex = Completed() }).First).ToBeVisibleAsync();
        await Expect(operators.GetByText(Verified()).First).ToBeVisibleAsync();
        await operators.HasNoSeriousFindingInBothThemesAsync();

        await planner.GotoAsync(url.Contains('?') ? url + "&tab=verification" : url + "?tab=verification");
        await Expect(planner.GetByText("Grade of the batch")).ToBeVisibleAsync();
        await Expect(planner.Locator(".badge", new() { HasTextRegex = PerfectOrGood() }).First).ToBeVisibleAsync();
    }

    [GeneratedRegex("Completed", RegexOptions.None, 1000)]
    private static partial Regex Completed();

    // The rooms that are done stand in one closed line.
    [GeneratedRegex("messages? verified", RegexOptions.None, 1000)]
    private static partial Regex Verified();

    [GeneratedRegex("Perfect|Good", RegexOptions.None, 1000)]
    private static partial Regex PerfectOrGood();
}
