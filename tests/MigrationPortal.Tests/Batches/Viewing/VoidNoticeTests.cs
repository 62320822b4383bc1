using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Presence;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Values;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>What an edit ends, said before it; an approval that ends, told afterwards on every open page.</summary>
public sealed class VoidNoticeTests
{
    [Fact]
    public async Task Edit_UnderAnApproval_SaysWhoApprovedWhenAndWhoLooks_AndSendsThemANote()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Looks(world, Marek, id);
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("tr[data-row] button[aria-label^=Rename]");
        var asked = page.InvokeAsync(() => page.Find("tr[data-row] button[aria-label^=Rename]").ClickAsync(new()));

        var at = Clock.Utc.Minute((await world.StandingAsync(id, Petra)).Counted[0].At);
        dialogs.WaitForState(() => dialogs.Markup.Contains($"marek is looking at the batch. anna ({at}) approved the batch. Your change takes it back to draft", StringComparison.Ordinal));
        await dialogs.TypeAsync("form input", "Desk London");
        await dialogs.TypeAsync("form textarea", "The old name was taken");
        await dialogs.SubmitAsync();
        await asked;

        await using var db = world.Database.OpenPortal();
        var note = await db.Set<Comment>().SingleAsync(x => x.BatchId == id);
        Assert.Equal(Petra.Name, note.By);
        Assert.EndsWith("The old name was taken", note.Text, StringComparison.Ordinal);
        Assert.Contains("@[anna]", note.Text, StringComparison.Ordinal);
        Assert.Contains("@[marek]", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ApprovedWhileItIsAsked_IsAskedAgainWithThatApproval_AndItsApproverGetsTheNote()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Looks(world, Marek, id);
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("tr[data-row] button[aria-label^=Rename]");
        var asked = page.InvokeAsync(() => page.Find("tr[data-row] button[aria-label^=Rename]").ClickAsync(new()));
        dialogs.WaitForState(() => dialogs.Markup.Contains("The batch is in review.", StringComparison.Ordinal));
        await dialogs.TypeAsync("form input", "Desk London");
        await dialogs.TypeAsync("form textarea", "The old name was taken");
        Done(await world.ApproveAsync(id, Anna));

        var answered = dialogs.SubmitAsync();
        dialogs.WaitForState(() => dialogs.Markup.Contains("anna (", StringComparison.Ordinal));
        Assert.Contains("Change “Wave 1” anyway?", dialogs.Find(".mud-dialog-title").TextContent, StringComparison.Ordinal);
        Assert.Equal(MigrationPortal.Batches.BatchState.Approved, (await world.BatchAsync(id)).State);
        await dialogs.AnswerAsync(asked, isConfirmed: true);
        await answered;

        Assert.Equal(MigrationPortal.Batches.BatchState.Draft, (await world.BatchAsync(id)).State);
        await using var db = world.Database.OpenPortal();
        Assert.Contains("@[anna]", (await db.Set<Comment>().SingleAsync(x => x.BatchId == id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_AnEmergencyStartConfirmedWhileItIsAsked_IsAskedAgainWithIt_AndBothWhoDecidedGetTheNote()
    {
        await using var world = await EmergencyWorld.StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var start = Done(await world.AskAsync(id, EmergencyWorld.Olga));
        Looks(world, Marek, id);
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("tr[data-row] button[aria-label^=Rename]");
        var asked = page.InvokeAsync(() => page.Find("tr[data-row] button[aria-label^=Rename]").ClickAsync(new()));
        dialogs.WaitForState(() => dialogs.Markup.Contains("The batch is in review.", StringComparison.Ordinal));
        await dialogs.TypeAsync("form input", "Desk London");
        await dialogs.TypeAsync("form textarea", "The old name was taken");
        Done(await world.ConfirmAsync(start, EmergencyWorld.Omar));

        var answered = dialogs.SubmitAsync();
        dialogs.WaitForState(() => dialogs.Markup.Contains(
            "olga and omar decided on an emergency start: missing approvals and windows do not prevent it. Your change takes the batch back to draft, and the emergency start no longer counts.", StringComparison.Ordinal));
        Assert.Equal(MigrationPortal.Batches.BatchState.Approved, (await world.BatchAsync(id)).State);
        await dialogs.AnswerAsync(asked, isConfirmed: true);
        await answered;

        Assert.Equal(MigrationPortal.Batches.BatchState.Draft, (await world.BatchAsync(id)).State);
        await using var db = world.Database.OpenPortal();
        var note = await db.Set<Comment>().SingleAsync(x => x.BatchId == id);
        Assert.Contains("@[olga]", note.Text, StringComparison.Ordinal);
        Assert.Contains("@[omar]", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_OfAReviewThatConcernsNobodyElse_AsksForNoNote()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("tr[data-row] button[aria-label^=Rename]");
        var asked = page.InvokeAsync(() => page.Find("tr[data-row] button[aria-label^=Rename]").ClickAsync(new()));
        dialogs.WaitForState(() => dialogs.Markup.Contains("The batch is in review.", StringComparison.Ordinal));
        Assert.Empty(dialogs.FindAll(".mud-dialog textarea"));
        await dialogs.AnswerAsync(asked, isConfirmed: false);
    }

    [Fact]
    public async Task Voids_ApprovalsBesideAnEmergencyStart_SaysThatBothEnd()
    {
        await using var world = await EmergencyWorld.StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.ConfirmAsync(Done(await world.AskAsync(id, EmergencyWorld.Olga)), EmergencyWorld.Omar));

        var standing = await world.StandingAsync(id, Petra);

        Assert.EndsWith(
            $"anna ({Clock.Utc.Minute(standing.Counted[0].At)}) approved the batch. Your change takes it back to draft, and this approval and the emergency start no longer count.",
            world.Get<StandingText>().Voids(standing, Clock.Utc, []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_WithdrawnWithinTheRound_IsToldOnAnotherOpenPageWithItsTime()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll(".page-header").Count == 1 && page.Find(".page-header").TextContent.Contains("1 of 2 approvals", StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".lost"));

        Done(await world.WithdrawAsync(id, Anna));
        page.WaitForState(() => page.FindAll(".lost time").Count == 1);
        Assert.Contains("anna withdrew the approval", page.Find(".lost").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".lost a"));
        page.WaitForState(() => page.Find(".page-header").TextContent.Contains("0 of 2 approvals", StringComparison.Ordinal));

        // It stays while the round goes on, until it was read.
        Done(await world.ApproveAsync(id, Marek));
        page.WaitForState(() => page.Find(".page-header").TextContent.Contains("1 of 2 approvals", StringComparison.Ordinal));
        Assert.Single(page.FindAll(".lost"));
        await page.InvokeAsync(() => page.Find(".lost button").ClickAsync(new()));
        page.WaitForState(() => page.FindAll(".lost").Count == 0);
    }

    [Theory]
    [InlineData("edit", "paul added rooms", true)]
    [InlineData("send back", "anna sent the batch back", false)]
    [InlineData("recall", "petra recalled the batch", false)]
    [InlineData("scan", "The plan changed", true)]
    public async Task Round_ThatEndsWithoutAnApproval_IsToldOnOpenPages_ButNotToWhoEndedIt(string deed, string told, bool isOfPlan)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var by = deed switch { "edit" => Paul, "send back" => Anna, _ => Petra };
        await using var context = new PageContext(world.Services, Vera);
        await using var own = new PageContext(world.Services, by);
        var page = context.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        var mine = own.At($"/batches/{id}?pair={Pair}&tab=rooms").Render<BatchPage>(x => x.Add(p => p.Id, id));
        foreach (var one in new[] { page, mine })
            one.WaitForState(() => one.FindAll(".page-header").Count == 1 && one.Find(".page-header").TextContent.Contains("In review", StringComparison.Ordinal));

        switch (deed)
        {
            case "edit": Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Repo")]), by, CancellationToken.None)); break;
            case "send back": Done(await world.Get<SendBackHandler>().HandleAsync(new(id, "Too wide"), by, CancellationToken.None)); break;
            case "recall": Done(await world.Get<RecallBatchHandler>().HandleAsync(new(id), by, CancellationToken.None)); break;
            default: await world.ScanAsync(Trading().Member("Desk", "lee")); break;
        }

        page.WaitForState(() => page.FindAll(".lost time").Count == 1);
        Assert.Contains(told, page.Find(".lost").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("The review has ended.", page.Find(".lost .grow").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(isOfPlan, page.FindAll(".lost a").Count == 1);
        mine.WaitForState(() => mine.Find(".page-header").TextContent.Contains("Draft", StringComparison.Ordinal));
        Assert.Equal(deed == "scan" ? 1 : 0, mine.FindAll(".lost").Count);

        Done(await world.SubmitAsync(id, Petra));
        page.WaitForState(() => page.FindAll(".lost").Count == 0);
    }

    [Theory]
    [InlineData(2, 1, PolicyDrift.Looser)]
    [InlineData(1, 2, PolicyDrift.Stricter)]
    [InlineData(2, 2, PolicyDrift.Same)]
    public async Task Standing_OfAnOlderPolicy_SaysHowItChanged(int before, int now, PolicyDrift drift)
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = before });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await world.SetAsync(new ReviewPolicy { Approvals = now, ExpiresAfterHours = 720 });
        Assert.Equal(drift, (await world.StandingAsync(id, Anna)).PolicyDrift);
    }

    [Fact]
    public void Drift_LessInOneThingAndMoreInAnother_IsBoth() =>
        Assert.Equal(PolicyDrift.Both, PolicyDrifts.Of(new ReviewPolicy { Approvals = 2 }, new ReviewPolicy { OpenThreadsBlock = true }));

    [Fact]
    public async Task Standing_SaysWhenEachApprovalWasGiven()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        var standing = await world.StandingAsync(id, Petra);
        Assert.Contains($"Has 1: anna ({Clock.Utc.Minute(standing.Counted[0].At)}).", world.Get<StandingText>().Sentences(standing, Clock.Utc));
        Assert.Contains("Has 1: anna.", world.Get<StandingText>().Sentences(standing));
    }

    [Theory]
    [InlineData("warnings:P12", 3, "3 warnings of rule P12")]
    [InlineData("warnings:NoMembers", 1, "1 warning of rule “… rooms without members”")]
    [InlineData("warnings:NoMembers", 3, "3 warnings of rule “… rooms without members”")]
    public async Task Fact_OfOneRule_IsNamedByItsNumber_ElseByItsTitle(string fact, long count, string text)
    {
        await using var world = await StartAsync();
        Assert.Equal(text, world.Get<StandingText>().Fact(fact, count));
    }

    private static void Looks(BatchWorld world, Caller person, long batch) =>
        world.Get<PresenceStore>().Enter("circuit", new(person.Name, person.DisplayName, $"batch:{batch}", null, TimeProvider.System.GetUtcNow(), IsHidden: false));
}
