using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.CutOver;
using MigrationPortal.CutOver.Timing;
using MigrationPortal.Rooms;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.CutOver;

/// <summary>The steps of the cutover as an operator works through them and a viewer watches.</summary>
public sealed class CutOverPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsStepsThatWait()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = new PageContext(world.Portal.Services, MigrationPortal.SignIn.Development.Persona.Find("viewer")!.ToCaller(), isInteractive: false);
        Assert.NotEmpty(context.At("/cutover").Render<CutOverPage>().FindAll("[aria-busy=true]"));
    }

    [Fact]
    public async Task Page_Untouched_HasOneOpenStepAndOneFilledButton_AndAViewerWhoSeesWhyNot()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context);

        page.WaitForState(() => page.FindAll("li.step").Count == 13);
        Assert.Equal("Stop the legacy services and take the last backup", page.Find("li.now b").LastChild!.TextContent.TrimStart());
        Assert.Equal(3, page.FindAll("li.part").Count);
        Assert.Equal("Mark step done…", page.Find("button.p").TextContent.Trim());
        Assert.Single(page.FindAll("button.p, a.p"));

        await using var viewer = PageContext.As(world.Portal, "viewer");
        var other = Open(viewer);
        other.WaitForState(() => other.FindAll("li.now .act button.action").Count == 1);
        Assert.Contains("Operator", other.Find("li.now .act button.action").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Done_InTheDialog_KeepsTheEvidenceAndGoesToTheNextStep()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "operator");
        var dialogs = context.RenderDialogs();
        var page = Open(context);
        page.WaitForState(() => page.FindAll("li.now .act button.action").Count == 1);

        var open = page.InvokeAsync(() => page.Find("li.now .act button.action").ClickAsync());
        await dialogs.TypeAsync("textarea", "gc.bak, 118 GB");
        await dialogs.SubmitAsync();
        await open;

        page.WaitForState(() => page.FindAll("li.done").Count == 1);
        Assert.Contains("gc.bak, 118 GB", page.Find("li.done").TextContent, StringComparison.Ordinal);
        Assert.Contains("Inspect what will be migrated", page.Find("li.now").TextContent, StringComparison.Ordinal);
        Assert.Contains("Reopen…", page.Find("li.done").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 of 13 done", page.Find(".bar").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task FinalDelta_WhenItIsNext_ListsTheBatchesWithTheirGradesAndLeadsToTheFirst()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        for (var step = 1; step < CutOverChecklist.FinalDelta; step++)
            ChatWorld.Done(await world.Portal.Get<SetCutOverStepHandler>().HandleAsync(new SetCutOverStep("contoso", step, null, true, "seen"), MigrationPortal.SignIn.Development.Persona.Find("operator")!.ToCaller(), CancellationToken.None));
        await using var context = PageContext.As(world.Portal, "operator");
        var page = Open(context);

        page.WaitForState(() => page.FindAll(".grid.batches tbody tr").Count == 1);
        Assert.Contains("Perfect", page.Find(".grid.batches tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal("Open the delta of First wave", page.Find("a.p").TextContent);
        Assert.Contains($"/batches/{batch}?tab=delta", page.Find("a.p").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.p"));
    }

    [Fact]
    public async Task FinalDelta_OfABatchWithMessagesSince_CountsThem()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.RanAsync(ChatWorld.Hall);
        await using (var db = world.Portal.Database.OpenPortal())
            await db.Set<RoomPair>().Where(x => x.NewMessageCount != null).ExecuteUpdateAsync(x => x.SetProperty(y => y.NewMessageCount, y => y.NewMessageCount - 2));

        var line = Assert.Single(await world.Portal.Get<CutOverBatches>().ListAsync("contoso", CancellationToken.None));

        Assert.Equal(2, line.Since);
        Assert.True(line.Messages >= 2);
    }

    [Fact]
    [Shows<CutOverTimeDialog>(PartState.Filled, PartState.Refused)]
    public async Task Plan_InTheDialog_ShowsTheWindowAndAViewerWhoMayNot()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "administrator");
        var dialogs = context.RenderDialogs();
        var page = Open(context);
        page.WaitForElement("button:contains('Plan cutover')");

        var open = page.InvokeAsync(() => page.Find("button:contains('Plan cutover')").ClickAsync());
        dialogs.WaitForElement("input[type=datetime-local]");
        await dialogs.InvokeAsync(() => dialogs.FindAll("input")[0].Input("2030-01-05T22:00"));
        await dialogs.InvokeAsync(() => dialogs.FindAll("input")[1].Input("2030-01-05T21:00"));
        await dialogs.SubmitAsync();
        Assert.Contains("Enter an end time after the start.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.InvokeAsync(() => dialogs.FindAll("input")[1].Input("2030-01-06T06:00"));
        await dialogs.SubmitAsync();
        await open;

        page.WaitForState(() => page.Markup.Contains("5 Jan 2030 22:00", StringComparison.Ordinal));
        Assert.Contains("6 Jan 2030 06:00", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No estimate", page.Markup, StringComparison.Ordinal);
        await using var viewer = PageContext.As(world.Portal, "viewer");
        var other = Open(viewer);
        Assert.Contains("Operator", other.WaitForElement("button:contains('Change')").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AtItsFormerAddress_GoesToTheNewOne()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        context.At("/cut-over?pair=contoso").Render<CutOverPage>();
        Assert.EndsWith("/cutover?pair=contoso", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FromAnUnknownPoolPairToAKnownOne_ShowsItsSteps()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/cutover?pair=nowhere").Render<CutOverPage>();
        page.WaitForElement("[role=alert]");
        await page.InvokeAsync(() => context.At("/cutover?pair=contoso"));
        page.WaitForState(() => page.FindAll("li.step").Count == 13 && page.FindAll("[role=alert]").Count == 0);
    }

    private static IRenderedComponent<CutOverPage> Open(PageContext context) => context.At("/cutover?pair=contoso").Render<CutOverPage>();
}
