using System.Net;
using Bunit;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Reviews;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Undo;

namespace MigrationPortal.Tests.Undo;

/// <summary>An undo as people see it: what is deleted and what is kept before anybody asks, an obstacle instead of the button, and what became of it.</summary>
public sealed class UndoPartTests
{
    [Fact]
    [Shows<UndoPart>(PartState.Filled)]
    public async Task Preview_OfABatchThatRan_SaysWhatIsDeletedAndLetsAnOperatorAsk()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        await using var context = PageContext.As(world.Portal, "operator");
        var dialogs = context.RenderDialogs();
        var part = await OpenAsync(world, context, "operator", batch);
        Assert.Equal("Read the preview first.", part.Find(".foot button").GetAttribute("title"));

        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
        part.WaitForState(() => part.Markup.Contains("This undo deletes 2 rooms with", StringComparison.Ordinal));
        Assert.Equal(2, part.FindAll("tbody .badge.ok").Count);
        Assert.False(part.Find(".foot button").HasAttribute("title"));

        var open = part.InvokeAsync(() => part.Find(".foot button").ClickAsync());
        await dialogs.TypeAsync("textarea", "Wrong category");
        await dialogs.SubmitAsync();
        await open;
        part.WaitForState(() => part.Markup.Contains("Awaiting approval by another user.", StringComparison.Ordinal));
        // Whoever opens the page now sees what was kept, without reading the pool again.
        var other = await OpenAsync(world, context, "approver", batch);
        other.WaitForState(() => other.FindAll("tbody .badge.ok").Count == 2);
        Assert.Contains("This undo deletes 2 rooms with", other.Markup, StringComparison.Ordinal);
        Assert.Contains("Wrong category", part.Find("q").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_WhereSomebodyPosted_NamesTheRoomInsteadOfTheButton()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Chat.NewDatabase.ExecuteAsync($"update tblNode set nodeDesc = 'Used' where nodeGuid = '{ChatWorld.Hall}'");
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);

        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
        part.WaitForState(() => part.FindAll("[role=alert]").Count == 1);
        Assert.Contains("Undo isn’t possible.", part.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 item has been used since the run", part.Find(".foot button").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("Room changed", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Shows<UndoPart>(PartState.Viewer)]
    public async Task Part_OfAnUndoneBatch_ShowsWhatWasDeleted_AndAViewerMayNotAsk()
    {
        await using var world = await RunWorld.CreateAsync();
        var (gone, there) = (await world.RanAsync(ChatWorld.Hall), await world.RanAsync(ChatWorld.Secret));
        await world.UndoneAsync(gone);
        await using var context = PageContext.As(world.Portal, "viewer");
        var part = await OpenAsync(world, context, "viewer", gone);
        part.WaitForState(() => part.FindAll(".bar").Count == 1);
        Assert.Contains("100 % deleted", part.Find(".bar").GetAttribute("aria-label"), StringComparison.Ordinal);

        var other = await OpenAsync(world, context, "viewer", there);
        other.WaitForState(() => other.FindAll(".foot button").Count == 1);
        Assert.Contains("Operator", other.Find(".foot button").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    [Shows<UndoPart>(PartState.Loading, PartState.Error, PartState.Refused)]
    public async Task Preview_WithTheNewPoolAway_WaitsAndSaysSo()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);
        Task reading;
        await using (await HeldTable.HoldAsync(world.Chat.NewDatabase, "tblNode"))
        {
            reading = part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
            part.WaitForState(() => part.FindAll("[aria-busy=true] .skeleton").Count > 0);
        }

        await reading;
        await world.Chat.NewDatabase.DisposeAsync();
        await part.InvokeAsync(() => part.Find("header button.action").ClickAsync());
        part.WaitForState(() => part.FindAll(".state [role=alert], .state[role=alert]").Count == 1);
        part.ShowsItsError("The server");
    }

    [Fact]
    public async Task Decision_OfAnUndo_NeedsTheTickTheCommentAndAListOfToday()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await world.Portal.Database.ExecuteAsync("update portal.undos set read_at = now() - interval '25 hours'");
        await using var context = PageContext.As(world.Portal, "approver");
        var old = await DecideAsync(world, context, batch);
        Assert.Contains("older than 24 hours", old.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("older than 24 hours", old.Find("button.d").GetAttribute("title"), StringComparison.Ordinal);

        await op.PostAsync($"batches/{batch}/undo-preview");
        var card = await DecideAsync(world, context, batch);
        Assert.Contains("Approve deleting 1 room", card.Find("button.d").TextContent, StringComparison.Ordinal);
        Assert.Contains(": 1 room with 2 messages", card.Find(".box").TextContent, StringComparison.Ordinal);
        Assert.Contains("select the check box", card.Find("button.d").GetAttribute("title"), StringComparison.Ordinal);
        await card.InvokeAsync(() => card.Find("input[type=checkbox]").ChangeAsync(new() { Value = true }));
        await card.InvokeAsync(() => card.Find("button.d").ClickAsync());
        Assert.Contains("Enter a comment", card.Find("#decision-problem").TextContent, StringComparison.Ordinal);
        await card.InvokeAsync(() => card.Find("textarea").InputAsync("Agreed with the head of desk"));
        await card.InvokeAsync(() => card.Find("button.d").ClickAsync());
        await Eventually.TrueAsync(async () => (await op.GetAsync($"batches/{batch}/undo-preview")).GetProperty("request").GetProperty("state").GetString() == "Approved");
    }

    [Fact]
    public async Task Approved_SeenByAnotherApprover_CanBeRejectedWithAReason()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var fingerprint = (await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" })).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint, comment = "Agreed", readList = true });
        await using (var own = PageContext.As(world.Portal, "approver"))
        {
            var card = await OpenAsync(world, own, "approver", batch);
            Assert.Equal("Withdraw my approval…", card.WaitForElement(".standing button").TextContent.Trim());
        }

        await using var context = PageContext.As(world.Portal, "approver2");
        var dialogs = context.RenderDialogs();
        var part = await OpenAsync(world, context, "approver2", batch);
        Assert.Equal("Reject…", part.WaitForElement(".standing button").TextContent.Trim());
        var open = part.InvokeAsync(() => part.Find(".standing button").ClickAsync());
        await dialogs.TypeAsync("textarea", "People work in this room");
        Assert.Contains("Reject the undo of", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.SubmitAsync();
        await open;

        Assert.Equal("SentBack", (await op.GetAsync($"batches/{batch}/undo-preview")).GetProperty("request").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Requested_ForWhoeverMayApprove_AwaitsThem_AndForOthersAnotherUser()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await using var context = PageContext.As(world.Portal, "approver");
        var part = await OpenAsync(world, context, "approver", batch);
        part.WaitForState(() => part.Markup.Contains("Awaiting your approval.", StringComparison.Ordinal));
        Assert.DoesNotContain("Awaiting approval by another user.", part.Markup, StringComparison.Ordinal);

        await using var other = PageContext.As(world.Portal, "operator");
        var own = await OpenAsync(world, other, "operator", batch);
        own.WaitForState(() => own.Markup.Contains("Awaiting approval by another user.", StringComparison.Ordinal));
        Assert.DoesNotContain("Awaiting your approval.", own.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_OfABatchThatIsCutOver_SaysThatTheCutoverIsWhyNot()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'CutOver' where id = {batch}");
        await using var context = PageContext.As(world.Portal, "operator");
        var part = await OpenAsync(world, context, "operator", batch);

        Assert.All(
            new[] { part.Find("header button.action"), part.Find(".foot button") },
            x => Assert.EndsWith("is cut over. A batch that is cut over can’t be undone here.", x.GetAttribute("title"), StringComparison.Ordinal));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var refusal = await op.RefusedAsync($"batches/{batch}/undo", new { reason = "Wrong" }, HttpStatusCode.Conflict, "wrong-state");
        Assert.EndsWith("A batch that is cut over can’t be undone here.", refusal, StringComparison.Ordinal);
    }

    private static async Task<IRenderedComponent<DecisionCard>> DecideAsync(RunWorld world, PageContext context, long batch)
    {
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find("approver")!.ToCaller(), true, CancellationToken.None))!;
        return context.Render<DecisionCard>(x => x.AddCascadingValue(view));
    }

    private static async Task<IRenderedComponent<UndoPart>> OpenAsync(RunWorld world, PageContext context, string persona, long batch)
    {
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find(persona)!.ToCaller(), true, CancellationToken.None))!;
        return context.Render<UndoPart>(x => x.AddCascadingValue(view));
    }
}
