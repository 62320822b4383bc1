using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Rooms;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Verification;

namespace MigrationPortal.Tests.Verification;

/// <summary>The verification of a batch as people see it: what decides its grade, each exception with its message or person, the rest closed.</summary>
public sealed class VerificationPartTests
{
    private const string InGeneral = "channelId = (select nodeID from tblNode where nodeName = 'General')";

    [Fact]
    public async Task Part_WhereAllIsAsPlanned_IsPerfectWithTheExpectedDifferencesClosed()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep);
        await using var context = PageContext.As(world.Portal, "viewer");
        var part = Open(context, batch);

        part.WaitForState(() => part.FindAll(".scale li").Count == 4);
        Assert.Equal("Perfect", part.Find(".now .badge").TextContent.Trim());
        Assert.Equal(["0", "0", "0", "2"], part.FindAll(".scale b").Select(x => x.TextContent));
        Assert.Empty(part.FindAll(".exception"));
        Assert.Contains("No room differs from the approved plan", part.Markup, StringComparison.Ordinal);

        // The deep room got its path as its name: the plan says so, and it lowers nothing.
        await part.InvokeAsync(() => part.FindAll(".mud-expand-panel-header")[0].ClickAsync());
        part.WaitForState(() => part.Markup.Contains("Name: Named by its path", StringComparison.Ordinal));
    }

    [Fact]
    [Shows<VerificationPart>(PartState.Filled, PartState.Viewer)]
    public async Task Part_WithALostMessageAndAMissingMember_LeadsToThemAndSaysWhatLiftsTheGrade()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Secret);
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 150 and {InGeneral}; update tblNode set nodeDesc = 'Another' where nodeName like '%Secret%'");
        await VerifyAgainAsync(world, batch, 2);

        await using var planner = PageContext.As(world.Portal, "planner");
        var part = Open(planner, batch);
        part.WaitForState(() => part.FindAll(".exception").Count == 2);
        Assert.Equal("Poor", part.Find(".now .badge").TextContent.Trim());
        Assert.Contains("The grade becomes Investigate when its messages are copied by a delta", part.Find(".now").TextContent, StringComparison.Ordinal);
        Assert.Contains("Message 150 is missing in the new room.", part.Find(".exception").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("&message=150", part.Find(".exception li a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Description: planned", part.FindAll(".exception")[1].TextContent, StringComparison.Ordinal);

        await part.InvokeAsync(() => part.Find(".exception button.quiet").ClickAsync());
        Assert.Contains("Fail", part.Find(".detail").TextContent, StringComparison.Ordinal);

        await using var viewer = PageContext.As(world.Portal, "viewer");
        var other = Open(viewer, batch);
        other.WaitForState(() => other.FindAll(".exception").Count == 2);
        Assert.All(other.FindAll("button.action:not(.quiet)"), button => Assert.Equal("true", button.GetAttribute("aria-disabled")));
    }

    [Fact]
    public async Task Accept_InTheDialog_MovesTheRoomToTheAcceptedOnes()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Secret);
        await world.Chat.NewDatabase.ExecuteAsync("update tblNode set nodeDesc = 'Another' where nodeName like '%Secret%'");
        await VerifyAgainAsync(world, batch, 1);
        await using var context = PageContext.As(world.Portal, "planner");
        var dialogs = context.RenderDialogs();
        var part = Open(context, batch);
        part.WaitForState(() => part.FindAll(".exception").Count == 1);

        // Found and used in one: in between, the part may be drawn again.
        var open = part.InvokeAsync(() => part.Find(".exception button.action").ClickAsync(new()));
        await dialogs.TypeAsync("textarea", "They renamed it on purpose");
        await dialogs.SubmitAsync();
        await open;
        part.WaitForState(() => part.Find(".now .badge").TextContent.Trim() == "Good");
        Assert.Empty(part.FindAll(".exception"));
        await part.InvokeAsync(() => part.FindAll(".mud-expand-panel-header")[1].ClickAsync());
        part.WaitForState(() => part.Markup.Contains("They renamed it on purpose", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_OfALostMessage_ShowsTheFirstReasonBesideTheSecondsButton()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 150 and {InGeneral}");
        await VerifyAgainAsync(world, batch, 1);
        using var talk = new ApiTalk(world.Portal.Address, "planner");
        await talk.PostAsync($"batches/{batch}/findings/accept", new { reason = "A message of a test" });

        await using var author = PageContext.As(world.Portal, "planner");
        var own = Open(author, batch);
        own.WaitForState(() => own.FindAll(".proposal").Count == 1);
        Assert.Equal("Withdraw proposal General", own.Find(".proposal button.action").TextContent.Trim());

        await using var context = PageContext.As(world.Portal, "approver");
        var dialogs = context.RenderDialogs();
        var part = Open(context, batch);
        part.WaitForState(() => part.FindAll(".proposal").Count == 1);
        Assert.Contains("A message of a test", part.Find(".proposal").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, part.FindAll(".proposal button.action").Count);
        Assert.DoesNotContain("Accept…", part.Markup, StringComparison.Ordinal);
        var confirming = part.InvokeAsync(() => part.Find(".proposal button.action").ClickAsync(new()));
        dialogs.WaitForState(() => dialogs.Markup.Contains("Reason: “A message of a test”", StringComparison.Ordinal));
        await dialogs.SubmitAsync();
        await confirming;
        part.WaitForState(() => part.Find(".now .badge").TextContent.Trim() == "Good");
        await part.InvokeAsync(() => part.FindAll(".mud-expand-panel-header")[1].ClickAsync());
        part.WaitForState(() => part.Markup.Contains("confirmed by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Proposal_ForAnApproverOfAnotherCategory_SaysWhyBeforeItIsDecided()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.NewDatabase.ExecuteAsync($"delete from tblChat where chatId = 150 and {InGeneral}");
        await VerifyAgainAsync(world, batch, 1);
        using var talk = new ApiTalk(world.Portal.Address, "planner");
        await talk.PostAsync($"batches/{batch}/findings/accept", new { reason = "A message of a test" });

        await using var context = new PageContext(world.Portal.Services, Caller.Of("olaf", "Olaf", [new Grant(Role.Approver, "contoso", "Elsewhere")]));
        var part = Open(context, batch);
        part.WaitForState(() => part.FindAll(".proposal").Count == 1);
        Assert.All(Buttons(part, "General"), x => Assert.Contains("Elsewhere", x.GetAttribute("title"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Proposals_OfWhichOneIsInTheApproversCategory_CanBeDecidedThereAlone()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await TwoProposedAsync(world);
        await using var context = new PageContext(world.Portal.Services, Caller.Of("olaf", "Olaf", [new Grant(Role.Approver, "contoso", "Trading / Desks")]));
        var part = Open(context, batch);
        part.WaitForState(() => part.FindAll(".proposal").Count == 2);

        Assert.All(Buttons(part, "Deep"), x => Assert.Null(x.GetAttribute("aria-disabled")));
        Assert.All(Buttons(part, "General"), x => Assert.Contains("do not cover Trading.", x.GetAttribute("title"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Proposals_OfWhichOneIsOfARoomInTheApproversOwnUndoneBatch_LeaveThatOneAloneToOthers()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await TwoProposedAsync(world);
        await using (var db = world.Portal.Database.OpenPortal())
        {
            var general = Guid.Parse(ChatWorld.General);
            var own = new Batch { PoolPairId = "contoso", Name = "First try", Author = "anna", CreatedAt = DateTimeOffset.UnixEpoch, State = BatchState.Undone };
            db.Add(own);
            await db.SaveChangesAsync();
            db.Add(new BatchRoom { BatchId = own.Id, RoomId = await db.Set<Room>().Where(x => x.Guid == general).Select(x => x.Id).SingleAsync(), IsOpen = false });
            await db.SaveChangesAsync();
        }

        await using var context = new PageContext(world.Portal.Services, new Caller("anna", "Anna", new HashSet<Role> { Role.Approver }));
        var part = Open(context, batch);
        part.WaitForState(() => part.FindAll(".proposal").Count == 2);

        var (confirm, reject) = (Buttons(part, "General")[0], Buttons(part, "General")[1]);
        Assert.Contains("“First try”", confirm.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Null(reject.GetAttribute("aria-disabled"));
        Assert.All(Buttons(part, "Deep"), x => Assert.Null(x.GetAttribute("aria-disabled")));
        // All together are refused for the one.
        Assert.Contains("“First try”", part.Find(".exceptions > header button.action").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    [Shows<BatchVerificationTab>(PartState.Filled)]
    [Shows<VerificationPart>(PartState.Loading, PartState.Refused)]
    public async Task Part_WhileItIsRead_Waits_AndARefusalIsShown()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "operator");
        var notices = context.Render<MudBlazor.MudSnackbarProvider>();
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find("operator")!.ToCaller(), computes: false, CancellationToken.None))!;
        IRenderedComponent<BatchVerificationTab> tab;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.room_verifications"))
        {
            tab = context.Render<BatchVerificationTab>(x => x.AddCascadingValue(view));
            Assert.NotEmpty(tab.FindAll("[aria-busy=true] .skeleton"));
        }

        tab.WaitForState(() => tab.FindAll(".scale li").Count == 4);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Draft' where id = {batch}");
        await tab.InvokeAsync(() => tab.Find(".side button.action").ClickAsync());
        notices.WaitForElement(".mud-snackbar");
    }

    [Fact]
    [Shows<VerificationPart>(PartState.Empty)]
    public async Task Part_BeforeAnyRoomWasVerified_SaysSo()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "viewer");
        var part = Open(context, batch);
        part.WaitForState(() => part.Markup.Contains("Nothing verified yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Part_OfAnUndoneBatch_ShowsWhatWasFoundBefore_AndSaysWhyNothingIsVerifiedAgain()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.UndoneAsync(batch);
        await using var context = PageContext.As(world.Portal, "operator");
        var part = Open(context, batch);

        part.WaitForState(() => part.FindAll(".scale li").Count == 4);
        Assert.Contains("Results from before the undo", part.Find(".now").TextContent, StringComparison.Ordinal);
        Assert.Contains("This batch was undone", part.Find(".now").TextContent, StringComparison.Ordinal);
        Assert.Empty(part.FindAll(".now .badge, .scale [aria-current]"));
        Assert.Equal(["0", "0", "0", "1"], part.FindAll(".scale b").Select(x => x.TextContent));
        Assert.Equal("After an undo, there are no rooms to verify again.", part.Find(".side button.action.off").GetAttribute("title"));
    }

    [Fact]
    public async Task Tab_OfACompletedBatch_NamesTheDeltaAsNext_UntilTheBatchIsCutOver()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "operator");
        var tab = await OpenTabAsync(world, context, batch);
        Assert.Contains("cut over when they stop", tab.Find(".next").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/batches/{batch}?tab=delta&pair=contoso", tab.Find(".next a").GetAttribute("href"));

        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'CutOver' where id = {batch}");
        Assert.Empty((await OpenTabAsync(world, context, batch)).FindAll(".next"));
    }

    private static async Task<IRenderedComponent<BatchVerificationTab>> OpenTabAsync(RunWorld world, PageContext context, long batch)
    {
        var view = (await world.Portal.Get<BatchViewQueries>().FindAsync(batch, Persona.Find("operator")!.ToCaller(), computes: false, CancellationToken.None))!;
        var tab = context.Render<BatchVerificationTab>(x => x.AddCascadingValue(view));
        tab.WaitForState(() => tab.FindAll(".scale li").Count == 4);
        return tab;
    }

    private static IRenderedComponent<VerificationPart> Open(PageContext context, long batch) =>
        context.Render<VerificationPart>(x => x.Add(p => p.BatchId, batch).Add(p => p.PairId, "contoso"));

    // To confirm, then to reject.
    private static AngleSharp.Dom.IElement[] Buttons(IRenderedComponent<VerificationPart> part, string room)
    {
        AngleSharp.Dom.IElement[] buttons = [.. part.FindAll($".exception[aria-label*='{room}'] .proposal button.action")];
        Assert.Equal(2, buttons.Length);
        return buttons;
    }

    // One in Trading, one in Trading / Desks.
    private static async Task<long> TwoProposedAsync(RunWorld world)
    {
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep);
        await world.Chat.NewDatabase.ExecuteAsync($"""
            delete from tblChat where chatId = 150 and {InGeneral};
            delete from tblChat where chatId = 60 and channelId = (select nodeID from tblNode where nodeGuid = '{ChatWorld.Deep}')
            """);
        await VerifyAgainAsync(world, batch, 2);
        using var talk = new ApiTalk(world.Portal.Address, "planner");
        await talk.PostAsync($"batches/{batch}/findings/accept", new { reason = "A message of a test" });
        return batch;
    }

    private static async Task VerifyAgainAsync(RunWorld world, long batch, int rooms)
    {
        using var op = new ApiTalk(world.Portal.Address, "operator");
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
        await Eventually.TrueAsync(async () => (await op.GetAsync($"batches/{batch}/verification")).GetProperty("open").GetInt32() == rooms);
        await Eventually.TrueAsync(async () => (await op.GetAsync($"batches/{batch}/verification")).GetProperty("request").GetProperty("state").GetString() == "Completed");
    }
}
