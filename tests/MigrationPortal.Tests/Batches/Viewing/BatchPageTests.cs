using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchOptions;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Batches.Viewing.Histories;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.PoolPairs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

public sealed class BatchPageTests
{
    [Fact]
    public async Task Page_PlanRefusedAgain_KeepsTheButtonThatWasPressed()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await world.Database.ExecuteAsync("update portal.pool_pairs set current_scan_id = null");
        await using var context = new PageContext(world.Services, Petra);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement(".state.failed button");
        var isGone = false;
        page.OnMarkupUpdated += (_, _) => isGone |= !page.Markup.Contains("state failed", StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find(".state.failed button").ClickAsync());

        Assert.False(isGone);
        Assert.NotEmpty(page.FindAll(".state.failed button"));
    }

    [Fact]
    public async Task Page_InReview_ApproverDecides_PlannerSeesWhyNot()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");

        await using var approver = new PageContext(world.Services, Anna);
        var page = approver.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("button.action.p").Any(x => x.TextContent.Trim() == "Approve"));
        Assert.Contains("You can approve", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll("button.action.p, a.btn.p"));

        await using var planner = new PageContext(world.Services, Petra);
        var other = planner.Render<BatchPage>(x => x.Add(p => p.Id, id));
        other.WaitForState(() => other.Markup.Contains("1 approval outstanding", StringComparison.Ordinal));
        Assert.Contains(other.FindAll(".decide p.sub"), x => x.TextContent.Contains("Approver", StringComparison.Ordinal));

        Done(await world.ApproveAsync(id, Marek));
        other.WaitForState(() => other.Markup.Contains("approved by marek", StringComparison.Ordinal));
        Assert.Contains("Nothing has happened since.", other.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAnApproverOfAnotherPoolPair_OffersNoDecision()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Caller.Of("anna", "Anna", [new Grant(Role.Approver, "elsewhere")]));
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("button.action").Any(x => x.TextContent.Trim() == "Approve"));

        var approve = page.FindAll("button.action").First(x => x.TextContent.Trim() == "Approve");
        Assert.Equal("true", approve.GetAttribute("aria-disabled"));
        Assert.Contains("elsewhere", approve.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OpenWhileAnEditEndsAnApproval_SaysWhoDidWhatAndWhose()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        Done(await world.ApproveAsync(id, Marek));
        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Nothing has happened since.", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[role=status] .notice"));

        Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Repo")]), Paul, CancellationToken.None));

        page.WaitForState(() => page.FindAll("[role=status] .notice").Count == 1);
        var banner = page.Find("[role=status] .notice");
        Assert.Contains("changed the batch; the approval of", banner.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("#changes", banner.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("[role=status] .notice button").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=status] .notice")));
    }

    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(context.Render<BatchPage>(x => x.Add(p => p.Id, id)).FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_OfNoBatch_LeadsToAllBatches()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, 404L));
        page.WaitForState(() => page.Markup.Contains("There is no batch 404", StringComparison.Ordinal));
        Assert.StartsWith("/batches", page.Find(".state a.btn").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("review", "What will be written to")]
    [InlineData("rooms", "Trading - Rates - Swaps")]
    [InlineData("plan", "named with its path as prefix")]
    [InlineData("gains", "Changes in rights")]
    [InlineData("options", "A topic, which new rooms do not have,")]
    [InlineData("history", "petra submitted the batch")]
    [Shows<BatchReviewTab>(PartState.Filled)]
    [Shows<BatchRoomsTab>(PartState.Filled)]
    [Shows<BatchPlanTab>(PartState.Filled)]
    [Shows<BatchOptionsTab>(PartState.Filled, PartState.Viewer)]
    [Shows<BatchHistoryTab>(PartState.Filled)]
    [Shows<PlanOptionsForm>(PartState.Viewer)]
    public async Task Tabs_OfAViewer_ShowTheirPartAndMarkThemselves(string tab, string text)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches/{id}?tab={tab}&pair={Pair}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains(text, StringComparison.Ordinal));
        Assert.Contains($"tab={tab}", page.Find(".tabs a[aria-current]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("In review", page.Find("ol.steps li[aria-current=step]").TextContent.Trim());
        Assert.Empty(page.FindAll("button.action.p:not(.off), a.btn.p, button.btn.p"));
    }

    [Fact]
    public async Task Comment_Sent_StandsBelowItsAuthorsName()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        // The plan is there: nothing is drawn again while the button is looked for.
        page.WaitForState(() => page.Markup.Contains("What will be written to", StringComparison.Ordinal));
        // Found and used in one: in between, the page may be drawn again.
        await page.InvokeAsync(() => page.Find("#comment").Input("Do the partners still read there?"));
        await page.InvokeAsync(() => page.FindAll("button.action").First(x => x.TextContent.Trim() == "Comment").ClickAsync(new()));
        page.WaitForState(() => page.Find("[role=log]").TextContent.Contains("Do the partners", StringComparison.Ordinal));
        Assert.Contains("anna", page.Find("[role=log] b").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Shows<TextDialog>(PartState.Filled)]
    [Shows<FormDialog>(PartState.Filled)]
    public async Task Rename_ByPlanner_AsksAndShowsTheNewName()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement(".page-header button.action");
        var asked = page.InvokeAsync(() => page.Find(".page-header button.action").ClickAsync(new()));
        await dialogs.TypeAsync("form input", "Wave one");
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Find("h1").TextContent.Contains("Wave one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approved_ChangedAfterwards_ShowsTheChangeAndKeepsTheApprovedPlan()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Swaps");
        Done(await world.ApproveAsync(id, Anna));
        var room = await world.RoomAsync("Desk");
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(id, room, "Desk London"), Petra, CancellationToken.None));

        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#changes li").Count > 0);
        var line = Assert.Single(page.FindAll("#changes li"));
        Assert.Contains("Room renamed", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("unchanged: 1 member", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("The approval by anna no longer counts.", page.Markup, StringComparison.Ordinal);

        var shown = context.At($"/batches/{id}?tab=plan&plan=approved&search=Desk").Render<BatchPage>(x => x.Add(p => p.Id, id));
        shown.WaitForState(() => shown.Markup.Contains("Approved plan, item by item", StringComparison.Ordinal) && shown.FindAll("tbody tr[data-row]").Count > 0);
        Assert.DoesNotContain("Desk London", shown.Find("tbody").TextContent, StringComparison.Ordinal);
        // Each line can be talked about; what it is about is the line itself.
        Assert.Contains(shown.FindAll("tbody a.comment-link"), x => Uri.UnescapeDataString(x.GetAttribute("href")!).Contains($"planLine:Room:{room}:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_WithScriptInTheName_ShowItAsText()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("<script>alert(1)</script>", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var list = context.Render<BatchesPage>();
        list.WaitForState(() => list.Markup.Contains("alert(1)", StringComparison.Ordinal));
        Assert.Empty(list.FindAll("script"));
    }
}
