using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Pages in the states that a quiet sample does not have: a run and what follows it, opened dialogs, narrow windows, and twice the size.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccessibilityStateTests(RunningPortal portal)
{
    [Fact]
    public async Task Batch_WhileItRunsAndAfter_HasNoSeriousFinding()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Run for axe");
        using var api = portal.Api("operator");
        await portal.PostAsync(api, $"/api/v1/batches/{id}/start", "{}");
        var runs = await portal.GetAsync(api, $"/api/v1/batches/{id}/runs");
        var run = runs.GetProperty("items")[0].GetProperty("id").GetString();
        var page = await portal.SignInAsync("operator");
        await page.GotoAsync($"/runs/{run}");
        await page.HasNoSeriousFindingInBothThemesAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await portal.GetAsync(api, $"/api/v1/batches/{id}")).GetProperty("state").GetString() is "Running" or "Stopping")
            await timer.WaitForNextTickAsync();
        foreach (var tab in new[] { "review", "rooms", "run", "verification", "delta", "undo", "history" })
        {
            await page.GotoAsync($"/batches/{id}?tab={tab}");
            await page.HasNoSeriousFindingInBothThemesAsync();
        }

        // With what they show once both pools are read, and the dialogs that follow.
        foreach (var (tab, request) in new[] { ("delta", "Run delta"), ("undo", "Request undo") })
        {
            await page.GotoAsync($"/batches/{id}?tab={tab}");
            await page.SettleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Read preview" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = request })).Not.ToHaveAttributeAsync("aria-disabled", "true");
            await page.HasNoSeriousFindingInBothThemesAsync();
            await page.DialogHasNoSeriousFindingAsync(request);
        }

        await page.GotoAsync($"/batches/{id}?tab=verification");
        await page.SettleAsync();
        foreach (var panel in await page.Locator(".mud-expand-panel-header").AllAsync())
            await panel.ClickAsync();
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Verification_WithExceptions_AndARunThatCanGoOn_HaveNoSeriousFinding()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Exceptions for axe");
        using var api = portal.Api("operator");
        var run = await portal.RunAsync(api, id);
        var room = await portal.SqlAsync("migrationportal", $"select guid from portal.room_transfers where run_id = {run}");
        await portal.SqlAsync("sample_tiny_new", $"""
            update tblnode set nodedesc = 'Changed by hand' where nodeguid = '{room}';
            delete from tblchat where ctid = (select c.ctid from tblchat c join tblnode n on n.nodeid = c.channelid where n.nodeguid = '{room}' order by c.chatid limit 1)
            """);
        using (var asked = await api.PostAsync($"/api/v1/batches/{id}/verify", null))
            Assert.True(asked.IsSuccessStatusCode);

        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{id}?tab=verification");
        await Expect(page.Locator("article.exception")).ToHaveCountAsync(1);
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.DialogHasNoSeriousFindingAsync("Accept");
        await page.Context.DisposeAsync();

        // As it is while its window is closed.
        await portal.SqlAsync("migrationportal", $"""
            update portal.batches set state = 'Paused' where id = {id};
            update portal.runs set state = 'Paused', revision = revision + 1 where id = {run}
            """);
        page = await portal.SignInAsync("operator");
        await page.GotoAsync($"/runs/{run}");
        foreach (var button in new[] { "Limit speed", "Cancel run" })
            await page.DialogHasNoSeriousFindingAsync(button);
        await portal.SqlAsync("migrationportal", $"""
            update portal.batches set state = 'CompletedWithFindings' where id = {id};
            update portal.runs set state = 'CompletedWithFindings', revision = revision + 1 where id = {run}
            """);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Dialogs_OfBatchesThatFollowSubmission_HaveNoSeriousFinding()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Dialogs of rooms and start");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}?tab=rooms");
        await page.DialogHasNoSeriousFindingAsync("Add from CSV");
        await page.DialogHasNoSeriousFindingAsync("Rename", 1);
        await page.Context.DisposeAsync();

        await portal.ApproveAsync(api, batch.Id);
        foreach (var (persona, button) in new[] { ("planner", "Recall…"), ("approver", "Withdraw my approval…"), ("operator", "Schedule start") })
        {
            page = await portal.SignInAsync(persona);
            await page.GotoAsync($"/batches/{batch.Id}");
            await page.DialogHasNoSeriousFindingAsync(button);
            await page.Context.DisposeAsync();
        }

        page = await portal.SignInAsync("operator");
        foreach (var (url, button) in new[] { ("/administration/freeze", "Freeze starts"), ("/cutover", "Plan cutover…") })
        {
            await page.GotoAsync(url);
            await page.DialogHasNoSeriousFindingAsync(button);
        }

        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Dialogs_Opened_HaveNoSeriousFinding()
    {
        using var api = portal.Api("planner");
        var page = await portal.SignInAsync("planner");
        await using (var batch = await portal.MovableBatchAsync(api, "Dialogs"))
        {
            await page.GotoAsync($"/batches/{batch.Id}");
            foreach (var button in new[] { "Rename", "Delete", "Acknowledge" })
                await page.DialogHasNoSeriousFindingAsync(button);
        }

        // Its room at least is in no batch now.
        await page.GotoAsync("/rooms?comparison=OnlyLegacy&place=Unplanned");
        await page.Locator("tr[data-row] input").First.CheckAsync();
        foreach (var button in new[] { "Exclude", "Add 1 room" })
            await page.DialogHasNoSeriousFindingAsync(button);

        await page.Locator(".person button").ClickAsync();
        await page.HasNoSeriousFindingInBothThemesAsync(".mud-popover-open");
        await page.Context.DisposeAsync();
    }

    // 720 and 390 px are also what a window of 1440 and 780 px has at 200 %.
    [Theory]
    [InlineData(720)]
    [InlineData(390)]
    public async Task Pages_InANarrowWindow_HaveNoSeriousFindingAndNothingRunsOverTheEdge(int width)
    {
        var page = await portal.SignInAsync("auditor", ColorScheme.Light, width);
        foreach (var url in new[] { "/", "/rooms", "/rooms/1", "/people", "/batches", "/inbox", "/runs", "/cutover", "/audit", "/administration", "/me" })
        {
            await page.GotoAsync(url);
            await page.HasNoSeriousFindingAsync();
            Assert.Equal((url, 0), (url, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)")));
            await Expect(page.Locator(".person button")).ToBeVisibleAsync();
        }

        await page.Context.DisposeAsync();
    }
}
