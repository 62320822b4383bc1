using Bunit;
using MigrationPortal.Audit;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Windows;
using MigrationPortal.Windows;

namespace MigrationPortal.Tests.Audit;

/// <summary>The audit log as an auditor reads it, and as nobody else does.</summary>
public sealed class AuditPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = new PageContext(world.Portal.Services, MigrationPortal.SignIn.Development.Persona.Find("auditor")!.ToCaller(), isInteractive: false);
        Assert.NotEmpty(context.At("/audit").Render<AuditPage>().FindAll(".skeleton"));
    }

    [Fact]
    public async Task Page_ForAnAuditor_NamesEventsInWordsWithBeforeAndAfter_AndVerifiesTheChain()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "auditor");
        var page = context.At("/audit?pair=contoso").Render<AuditPage>();

        page.WaitForState(() => page.FindAll("tr[data-row]").Count > 0);
        var over = page.FindAll("tr[data-row]").First(x => x.TextContent.Contains("Run completed", StringComparison.Ordinal));
        Assert.Contains($"/batches/{batch}", over.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains($"Batch {batch}", over.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Running", "Completed"], over.QuerySelectorAll(".change bdi").Select(x => x.TextContent));
        Assert.DoesNotContain("BatchRun", page.Find("table").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find(".actions button.action").ClickAsync());
        page.WaitForState(() => page.FindAll(".proof.whole").Count == 1);
        Assert.Contains("the newest included", page.Find(".proof").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhereAPolicyAndWindowsWereChanged_TellsThemInWordsAndKeepsWhatIsStored()
    {
        await using var world = await RunWorld.CreateAsync();
        ChatWorld.Done(await world.Portal.Get<SetPolicyHandler>().HandleAsync(new SetPolicy("contoso", new() { Approvals = 2 }, "change board"), PolicyWorld.Ada, CancellationToken.None));
        var night = SetWindowsTests.Always with { Name = "Night", Weekdays = [DayOfWeek.Saturday], From = new(22, 0), To = new(4, 0) };
        ChatWorld.Done(await world.Portal.Get<SetWindowsHandler>().HandleAsync(new SetWindows("contoso", [night], WindowEnd.PauseNow, "change board"), PolicyWorld.Ada, CancellationToken.None));
        await using var context = PageContext.As(world.Portal, "auditor");
        var page = context.At("/audit?pair=contoso").Render<AuditPage>();

        page.WaitForState(() => page.FindAll("tr[data-row]").Count > 1);
        Assert.DoesNotContain("{", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal("Night (Allow): Sat 22:00–04:00 Etc/UTC", After(page, "Windows changed"));
        Assert.Equal("2 by default. Approvals expire after 720 hours.", After(page, "Review policy changed"));
        Assert.Equal(2, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action in ('PolicySet', 'WindowsSet') and details->>'after' ~ '^[[{]'"));
        Assert.True(ChatWorld.Done(await world.Portal.Get<VerifyAuditHandler>().HandleAsync(MigrationPortal.SignIn.Development.Persona.Find("auditor")!.ToCaller(), CancellationToken.None)).IsWhole);
    }

    [Fact]
    public async Task Page_WithAFilterThatFindsNothing_OffersToClearIt()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "auditor");
        var page = context.At("/audit?by=nobody").Render<AuditPage>();
        page.WaitForState(() => page.Markup.Contains("No entry matches these filters.", StringComparison.Ordinal));
        Assert.Equal("Clear filters", page.Find(".state a").TextContent);
    }

    [Fact]
    public async Task Page_ForAViewer_SaysWhoMayRead()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/audit").Render<AuditPage>();
        page.WaitForState(() => page.Markup.Contains("Only auditors can read the audit log", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.Equal("true", page.Find(".actions button").GetAttribute("aria-disabled"));
    }

    private static string After(IRenderedComponent<AuditPage> page, string happened) =>
        page.FindAll("tr[data-row]").Single(x => x.TextContent.Contains(happened, StringComparison.Ordinal)).QuerySelector(".change mark")!.TextContent;
}
