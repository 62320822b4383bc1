using AngleSharp.Dom;
using Bunit;
using MigrationPortal.App;
using MigrationPortal.Jobs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Jobs;

public sealed class JobsPageTests
{
    [Fact]
    public async Task Page_WithAJobThatWaits_NamesItAndTheNode()
    {
        await using var portal = await PortalApp.StartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(portal.Get<JobEngine>().IsStarted));
        await Eventually.TrueAsync(() => SaysSoAsync(portal, "No work right now"));
        await portal.Database.ExecuteAsync("insert into jobs.qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery) values ('other', 'contoso', 'ScanJob', 'x', false, false, false, false)");
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/administration/jobs").Render<JobsPage>();
        page.WaitForAssertion(() => Assert.Equal("Scan", Row(page).QuerySelector("td")!.TextContent));
        Assert.Contains("Waiting", Row(page).TextContent, StringComparison.Ordinal);
        page.WaitForState(() => page.FindAll("section.card:last-of-type tbody tr").Count == 1);
        // It ended, and nothing else has changed.
        await portal.Database.ExecuteAsync("delete from jobs.qrtz_job_details where job_name = 'contoso'");
        page.WaitForState(() => page.FindAll("tbody tr code").All(x => x.TextContent != "contoso"));
    }

    [Fact]
    public async Task Page_WithMoreWorkThanAPage_HasPages_AndAFileOfAllOfIt()
    {
        const int Waiting = 120;
        await using var portal = await PortalApp.StartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(portal.Get<JobEngine>().IsStarted));
        await portal.Database.ExecuteAsync($"""
            insert into jobs.qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)
            select 'other', 'pair-' || i, 'ScanJob', 'x', false, false, false, false from generate_series(1, {Waiting}) i
            """);
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/administration/jobs?skip=50").Render<JobsPage>();
        page.WaitForState(() => page.FindAll("section.card:first-of-type tbody tr code").Count == 50);
        Assert.Equal(["Previous", "Next"], page.FindAll(".pager a").Select(x => x.TextContent));

        await using var late = PageContext.As(portal, "viewer");
        var last = late.At("/administration/jobs?skip=2147483647").Render<JobsPage>();
        last.WaitForState(() => last.FindAll("section.card:first-of-type tbody tr code").Count is > 0 and < 50);
        Assert.Equal(["First", "Previous"], last.FindAll(".pager a").Select(x => x.TextContent));

        using var client = portal.ClientFor("viewer");
        var rows = await Lists.ExportApiTests.CsvAsync(client, "jobs/export");
        Assert.Equal(["Work", "Subject", "State", "Node", "Since (UTC)"], rows[0]);
        Assert.Equal(Waiting, rows.Count(x => x[0] == "Scan" && x[1].StartsWith("pair-", StringComparison.Ordinal) && x[2] == "Waiting"));
    }

    [Fact]
    public async Task About_SaysWhereThePortalKeepsItsData()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/administration/about").Render<AboutPage>();
        Assert.Contains("PostgreSQL of the configuration", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Not sealed", page.Markup, StringComparison.Ordinal);
    }

    // The portal's own sweeps may be at work for a moment.
    private static async Task<bool> SaysSoAsync(PortalApp portal, string text)
    {
        await using var context = PageContext.As(portal, "viewer");
        var page = context.At("/administration/jobs").Render<JobsPage>();
        page.WaitForState(() => page.FindAll("section.card[aria-busy=true]").Count == 0);
        return page.Find("section.card").TextContent.Contains(text, StringComparison.Ordinal);
    }

    private static IElement Row(IRenderedComponent<JobsPage> page) => page.FindAll("tbody tr").Single(x => x.QuerySelector("code")?.TextContent == "contoso");
}
