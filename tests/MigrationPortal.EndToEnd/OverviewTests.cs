using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>The overview of somebody who does nothing follows what others do.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class OverviewTests(RunningPortal portal)
{
    [Fact]
    public async Task Cards_WhileAnotherPersonsRunCopies_FollowItToItsEndWithoutAReload()
    {
        const string Name = "Seen from the overview";
        var (id, _) = await portal.ApprovedBatchAsync(Name);
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/");
        await Expect(page.GetByText("No batch is running.")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.isTheSamePage = true; }");
        await portal.LimitSpeedAsync(5);
        try
        {
            using var op = portal.Api("operator");
            await portal.PostAsync(op, $"/api/v1/batches/{id}/start", "{}");
            var card = page.Locator(".running .moving", new() { HasText = Name });
            await Expect(card).ToBeVisibleAsync();
            // Some messages are there, then more.
            await Expect(card.Locator(".bar i.run")).ToHaveAttributeAsync("style", Some());
            var some = await card.Locator(".bar i.run").GetAttributeAsync("style");
            await Expect(card.Locator(".bar i.run")).Not.ToHaveAttributeAsync("style", some!);
            await portal.LimitSpeedAsync(null);
            await Expect(card).ToHaveCountAsync(0);
            await Expect(page.Locator(".activity li", new() { HasText = Name }).First).ToBeVisibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => window.isTheSamePage === true"));
        }
        finally
        {
            await portal.LimitSpeedAsync(null);
        }
    }

    [Fact]
    public async Task Progress_WithRoomsVerifiedOnSeveralDays_ForecastsARangeAndFollowsRunAndCutover()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Verified on three days", await portal.MovableRoomAsync(), await portal.MovableRoomAsync());
        using var api = portal.Api("operator");
        var run = await portal.RunAsync(api, id);
        // In each of the last weeks something was verified, and in the last one most: the pace is a range, whatever other journeys verify today.
        await portal.SqlAsync("migrationportal", $"""
            with old as (select id, row_number() over (order by id) as place from portal.room_transfers where run_id = {run})
            update portal.room_transfers t set finished_at = t.finished_at - case old.place when 1 then interval '9 days' else interval '5 days' end
                from old where old.id = t.id and old.place < 3
            """);
        var next = await portal.ApprovedBatchAsync("Verified today");
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/");
        var chart = page.Locator(".progress figure");
        await Expect(chart).ToHaveAttributeAsync("aria-label", Range("rooms"));
        await Expect(chart.Locator("path.band")).ToHaveCountAsync(1);
        await Expect(chart.Locator("path.forecast")).ToHaveCountAsync(1);
        await Expect(chart.Locator("line.cutover")).ToHaveCountAsync(0);

        // Nothing runs now, so that what is read once stays so until the run.
        var verified = int.Parse(await chart.Locator("b.now").TextContentAsync() is { } now ? now.Split(' ')[0] : "", System.Globalization.CultureInfo.InvariantCulture);
        await portal.RunAsync(api, next.Id);
        await Expect(chart.Locator("b.now")).ToHaveTextAsync($"{verified + 1} verified");
        try
        {
            await PlanCutOverAsync(api, TimeProvider.System.GetUtcNow().AddDays(3));
            await Expect(chart.Locator("line.cutover")).ToHaveCountAsync(1);
            await Expect(chart).ToHaveAttributeAsync("aria-label", Late());
            await page.KeepAsync("overview-forecast");
            await page.Locator(".progress").GetByRole(AriaRole.Button, new() { Name = "Messages" }).ClickAsync();
            await Expect(chart).ToHaveAttributeAsync("aria-label", Range("messages"));
            await page.HasNoSeriousFindingInBothThemesAsync();
        }
        finally
        {
            await PlanCutOverAsync(api, null);
        }

        await Expect(chart.Locator("line.cutover")).ToHaveCountAsync(0);
    }

    private static async Task PlanCutOverAsync(HttpClient api, DateTimeOffset? at)
    {
        using var answer = await api.PutAsJsonAsync("/api/v1/pool-pairs/tiny/cut-over/time", new { startsAt = at });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Regex Range(string what) => new($@"^At \d\S* to \d\S* {what} per day, all {what} will be verified between \d+ \w+ \d+ and \d+ \w+ \d+\.", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"That is .*\d+ days? (?:before|after) (?:the cutover|it)", RegexOptions.None, 1000)]
    private static partial Regex Late();

    [GeneratedRegex("width: ?[1-9]", RegexOptions.None, 1000)]
    private static partial Regex Some();
}
