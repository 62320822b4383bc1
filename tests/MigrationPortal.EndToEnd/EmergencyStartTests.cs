using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Three people in three browsers: one asks, another confirms, the batch runs, and an auditor says afterwards whether it was right.</summary>
[Collection(PortalCollection.Name)]
public sealed class EmergencyStartTests(RunningPortal portal)
{
    [Fact]
    public async Task Emergency_AskedConfirmedStartedAndReviewed_IsSeenByEachWithoutAReload()
    {
        await SetPolicyAsync(isAllowed: true);
        using var planner = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(planner, "Emergency");
        await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");
        var (asker, approver, auditor) = (await portal.SignInAsync("operator"), await portal.SignInAsync("approver"), await portal.SignInAsync("auditor"));
        foreach (var page in new[] { asker, approver, auditor })
        {
            await page.GotoAsync($"/batches/{batch.Id}");
            await Expect(page.Locator("#emergency")).ToBeVisibleAsync();
        }

        await Button(asker, "Request emergency start…").ClickAsync();
        await asker.Locator(".mud-dialog textarea:visible").FillAsync("The site loses power at eight");
        await asker.Locator(".mud-dialog input").FillAsync("CHG0031337");
        await asker.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await asker.KeepAsync("emergency-ask");
        await asker.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();

        await Expect(approver.Locator("#emergency")).ToContainTextAsync("CHG0031337");
        await approver.HasNoSeriousFindingInBothThemesAsync();
        await approver.KeepAsync("emergency-asked");
        await Button(approver, "Confirm emergency start…").ClickAsync();
        await approver.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await approver.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();

        await Expect(auditor.GetByText("Emergency start not reviewed")).ToBeVisibleAsync();
        await Expect(auditor.Locator(".bell-count")).ToBeVisibleAsync();
        await auditor.HasNoSeriousFindingInBothThemesAsync();
        await auditor.KeepAsync("emergency-confirmed");
        await asker.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
        await asker.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();
        await asker.IsAtAsync("/runs/");

        await auditor.GotoAsync("/inbox?pair=tiny");
        await auditor.GetByRole(AriaRole.Link, new() { Name = "Review the emergency start of “Emergency”" }).First.ClickAsync();
        await auditor.IsAtAsync($"/batches/{batch.Id}");
        await auditor.GotoAsync($"/batches/{batch.Id}");
        await Button(auditor, "Justified…").ClickAsync();
        await auditor.Locator(".mud-dialog textarea:visible").FillAsync("The outage was announced, CHG0031337 names both");
        await auditor.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await auditor.Locator(".mud-dialog-actions button[type=submit]").ClickAsync();
        await Expect(auditor.Locator("#emergency")).ToContainTextAsync("CHG0031337 names both");
        await Expect(auditor.GetByText("Emergency start not reviewed")).ToHaveCountAsync(0);
        await SetPolicyAsync(isAllowed: false);
    }

    private static ILocator Button(IPage page, string name) => page.Locator("#emergency").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task SetPolicyAsync(bool isAllowed)
    {
        using var administrator = portal.Api("administrator");
        using var body = new StringContent($$"""{"breakGlass":{{(isAllowed ? "true" : "false")}},"reason":"for the journey"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await administrator.PutAsync("/api/v1/pool-pairs/tiny/policy", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
