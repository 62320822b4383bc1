using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Changes since a run, asked for by one person and read by another before anything is copied.</summary>
[Collection(PortalCollection.Name)]
public sealed class DeltaJourneyTests(RunningPortal portal)
{
    [Fact]
    public async Task Delta_WithANewWarning_IsReadByWhoDecides_WithTheKeysOfTheListThatHasTheFocus()
    {
        var (id, room) = await portal.ApprovedBatchAsync("Changed since");
        using var api = portal.Api("operator");
        await portal.RunAsync(api, id);
        await portal.SqlAsync("sample_tiny_legacy", $"update tblnode set disabled = true where nodename = '{room}'");
        var op = await portal.SignInAsync("operator");
        await op.GotoAsync($"/batches/{id}?tab=delta");
        await op.GetByRole(AriaRole.Button, new() { Name = "Read preview", Exact = true }).ClickAsync();
        await Expect(op.GetByText("1 room is disabled").First).ToBeVisibleAsync();
        await op.GetByRole(AriaRole.Button, new() { Name = "Request approval…" }).ClickAsync();
        await op.ConfirmAsync();
        await Expect(op.GetByText("The changes are awaiting approval.")).ToBeVisibleAsync();

        var approver = await portal.SignInAsync("approver");
        await approver.GotoAsync($"/batches/{id}?tab=delta");
        await Expect(approver.GetByText("These warnings are new, or cover more")).ToBeVisibleAsync();
        await Expect(approver.GetByText("The room is disabled and will be migrated disabled").First).ToBeVisibleAsync();
        await approver.HasNoSeriousFindingInBothThemesAsync();
        await approver.KeepAsync("delta-warnings");
        await approver.SetViewportSizeAsync(390, 844);
        await approver.KeepAsync("delta-warnings-narrow");
        await approver.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
        await approver.SetViewportSizeAsync(1440, 900);

        // More of both than a page has.
        await portal.SqlAsync("migrationportal", $$"""
            insert into portal.delta_warnings (delta_id, number, rule_id, subject, message)
                select d.id, 100 + i, 'P07', 'Room ' || i, '{"key": "P07"}' from portal.deltas d, generate_series(1, 200) i where d.batch_id = {{id}};
            insert into portal.delta_lines (delta_id, number, kind, subject, property, old, new)
                select d.id, 100 + i, 'Room', 'Room ' || i, 'Description', 'Old ' || i, 'New ' || i from portal.deltas d, generate_series(1, 200) i where d.batch_id = {{id}}
            """);
        await approver.ReloadAsync();
        await Expect(approver.Locator(".pager")).ToHaveCountAsync(2);
        await approver.SettleAsync();
        var changes = approver.Locator("table").Filter(new() { HasText = "Before" });
        await changes.Locator("tr[data-row]").First.EvaluateAsync("x => { x.tabIndex = -1; x.focus(); }");

        await approver.Keyboard.PressAsync("n");

        await approver.IsAtAsync("changes-skip=");
        Assert.DoesNotContain("warnings-skip", approver.Url, StringComparison.Ordinal);
        await Expect(changes).Not.ToContainTextAsync("Disabled");
        await approver.Keyboard.PressAsync("j");
        await Expect(changes.Locator("tr[data-row]").First).ToBeFocusedAsync();
    }
}
