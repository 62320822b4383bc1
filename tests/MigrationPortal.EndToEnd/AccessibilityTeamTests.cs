using System.Net.Http.Json;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What a team has set and what waits for it, which the sample has none of: windows, a freeze, a webhook, mail, a proposed policy, and an inbox of each role.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccessibilityTeamTests(RunningPortal portal)
{
    private const string Pair = "tiny";
    private const string Reason = "for axe";

    [Fact]
    public async Task Administration_WithWhatAdministratorsSet_HasNoSeriousFinding()
    {
        using var api = portal.Api("administrator");
        using var planner = portal.Api("planner");
        // Who never signed in has no address, and is sent nothing.
        await (await portal.SignInAsync("approver")).Context.DisposeAsync();
        await using var batch = await portal.MovableBatchAsync(planner, "Told by mail for axe");
        await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");
        await Eventually.TrueAsync(async () => (await portal.GetAsync(api, "/api/v1/deliveries")).GetProperty("total").GetInt32() > 0);
        var hook = await portal.PostAsync(api, "/api/v1/webhooks", """{"name":"Hook for axe","url":"http://127.0.0.1:9/hook","format":"Json","kinds":["AuditBroken"]}""");
        try
        {
            object nights = new { name = "Nights", effect = "Allow", weekdays = new[] { "Friday", "Saturday" }, from = "22:00", to = "04:00", zone = "Europe/Prague" };
            await SendAsync(api, HttpMethod.Put, $"/api/v1/pool-pairs/{Pair}/windows", new { items = new[] { nights }, reason = Reason });
            await SendAsync(api, HttpMethod.Put, "/api/v1/freeze", new { poolPairId = Pair, reason = Reason });
            await portal.SqlAsync("migrationportal", $$"""
                insert into portal.policy_proposals (pool_pair_id, seen, body, by, at, reason, also_open, state)
                values ('{{Pair}}', 0, '{"approvals":1}', 'somebody', now(), '{{Reason}}', true, 'Open')
                """);
            await WalkAsync();
        }
        finally
        {
            await portal.SqlAsync("migrationportal", $"delete from portal.policy_proposals where reason = '{Reason}'");
            await SendAsync(api, HttpMethod.Delete, "/api/v1/freeze", new { poolPairId = Pair, reason = Reason });
            await SendAsync(api, HttpMethod.Put, $"/api/v1/pool-pairs/{Pair}/windows", new { items = Array.Empty<object>(), reason = Reason });
            await SendAsync(api, HttpMethod.Delete, $"/api/v1/webhooks/{hook.GetProperty("id").GetString()}", null);
        }
    }

    private async Task WalkAsync()
    {
        (string Url, string Content, string[] Dialogs)[] pages =
        [
            ($"/administration/windows?pair={Pair}", ".grid.days .bar i", []),
            ($"/administration?tab=windows&pair={Pair}", ".grid.days .bar i", []),
            ("/administration/freeze", "tr[data-row] time", ["Lift freeze…"]),
            ("/administration/webhooks", "tr[data-row]", ["Remove webhook…"]),
            ("/administration/mail", "tr[data-row]", []),
            ("/me/notifications", "#digest-at", []),
            ($"/administration?tab=limits&pair={Pair}", ".limits", ["Change limits…"]),
            ($"/administration?tab=approvals&pair={Pair}", ".proposal", ["Confirm policy…", "Reject…"]),
        ];
        var page = await portal.SignInAsync("administrator");
        foreach (var (url, content, dialogs) in pages)
        {
            await page.GotoAsync(url);
            await Expect(page.Locator(content).First).ToBeVisibleAsync();
            await page.HasNoSeriousFindingInBothThemesAsync();
            foreach (var button in dialogs)
                await page.DialogHasNoSeriousFindingAsync(button);
        }

        // As whoever proposed it sees it.
        await portal.SqlAsync("migrationportal", $"update portal.policy_proposals set by = 'administrator' where reason = '{Reason}'");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Withdraw proposal" })).ToBeVisibleAsync();
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Inbox_OfWhoPlansDecidesAndStarts_HasNoSeriousFinding()
    {
        const string name = "Inboxes for axe";
        using var planner = portal.Api("planner");
        using var approver = portal.Api("approver");
        await using var batch = await portal.MovableBatchAsync(planner, name);
        await ShowAsync("planner", name);
        var submitted = await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");
        await ShowAsync("approver", name);
        await portal.PostAsync(approver, $"/api/v1/batches/{batch.Id}/approve", $$"""{"fingerprint":"{{submitted.GetProperty("fingerprint").GetString()}}"}""");
        await ShowAsync("operator", name);
    }

    private async Task ShowAsync(string persona, string name)
    {
        var page = await portal.SignInAsync(persona);
        await page.GotoAsync("/inbox");
        await page.Locator("tr[data-row]", new() { HasText = name }).ClickAsync();
        await Expect(page.Locator(".detail h2")).ToContainTextAsync(name);
        await Expect(page.Locator(".detail .hint")).ToBeVisibleAsync();
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.Context.DisposeAsync();
    }

    private static async Task SendAsync(HttpClient api, HttpMethod method, string url, object? body)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await api.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
