using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Delta;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Undo;
using MigrationPortal.Windows.Scheduling;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Whoever may decide finds a mistake after others approved: until the start, it is sent back.</summary>
public sealed class SendBackTests
{
    [Fact]
    public async Task SendBack_ApprovedByTwoOthers_EndsTheRoundAndBothApprovals()
    {
        await using var world = await StartAsync();
        var id = await ApprovedAsync(world);

        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Iberia is missing"), Both, CancellationToken.None));

        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "ApprovalGiven", "Approved", "SentBack", "ApprovalLost", "ApprovalLost"], await world.KindsAsync(id));
        Refused(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "once more"), Both, CancellationToken.None), "wrong-state");
        Done(await world.SubmitAsync(id, Petra));
        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal((0, 2L), (standing.Standing.Have, standing.Review.Round));
    }

    [Fact]
    public async Task SendBack_OfAScheduledBatch_GoesToDraftAndStartsNothing()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        Done(await world.Portal.Get<ScheduleBatchHandler>().HandleAsync(new ScheduleBatch(id, now.AddHours(1), null, []), world.Operator, CancellationToken.None));
        var other = new Caller("approver2", "Approver 2", new HashSet<Role> { Role.Approver });

        Done(await world.Portal.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Not this room"), other, CancellationToken.None));

        Assert.Equal(BatchState.Draft, await world.BatchAsync(id));
        await SweepAsync();
        // Approved again, it has no schedule either.
        await world.ApproveAsync(id);
        await SweepAsync();
        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        Assert.Null(await world.Portal.Get<RunQueries>().FindLatestAsync(id, CancellationToken.None));

        Task SweepAsync() => ActivatorUtilities.CreateInstance<StartScheduledHandler>(world.Portal.Services, new FakeTimeProvider(now.AddMinutes(61))).HandleAsync(id, CancellationToken.None);
    }

    [Fact]
    public async Task SendBack_OfAnApprovedUndo_EndsTheRequestAndTheBatchKeepsItsState()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        using var other = new ApiTalk(world.Portal.Address, "approver2");
        var batch = await world.RanAsync(ChatWorld.Hall);
        Assert.Equal("wrong-state", await other.TryPostAsync($"batches/{batch}/send-back", new { reason = "It has run" }));
        await approver.ApproveUndoAsync(batch, await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" }));

        await other.PostAsync($"batches/{batch}/send-back", new { reason = "People work there" });

        Assert.Equal(UndoState.SentBack, (await world.Portal.Get<UndoQueries>().FindLatestAsync(batch, CancellationToken.None))!.State);
        Assert.Equal(BatchState.Completed, await world.BatchAsync(batch));
        Assert.Equal("InReview", (await op.PostAsync($"batches/{batch}/undo", new { reason = "They moved" })).GetProperty("state").GetString());
    }

    [Fact]
    public async Task SendBack_OfAnApprovedDelta_AsksForAnotherApproval()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        using var other = new ApiTalk(world.Portal.Address, "approver2");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("insert into tblPrincipalRole values (10, 2, 1, 1, null, null); update tblNode set nodeDesc = 'All of it' where nodeID = 10");
        var fingerprint = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("fingerprint").GetString();
        await approver.PostAsync($"batches/{batch}/approve", new { fingerprint });

        await other.PostAsync($"batches/{batch}/send-back", new { reason = "Bob stays" });

        Assert.Equal(DeltaState.SentBack, (await world.Portal.Get<DeltaQueries>().FindLatestAsync(batch, CancellationToken.None))!.State);
        Assert.Equal(JsonValueKind.Null, (await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").ValueKind);
    }

    [Fact]
    public async Task StartCard_OfAnApproverWhoMayDecide_SendsBackWithAReason()
    {
        await using var world = await StartAsync();
        var id = await ApprovedAsync(world);
        await using var context = new PageContext(world.Services, Both);
        var dialogs = context.RenderDialogs();
        var card = await RenderAsync(world, context, id, Both);

        var asked = card.InvokeAsync(() => card.FindAll("button.action").First(x => x.TextContent.Trim() == "Send back…").ClickAsync());
        await dialogs.TypeAsync("textarea", "Iberia is missing");
        await dialogs.SubmitAsync();
        await asked;

        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
        Assert.Equal("Iberia is missing", await world.Database.ScalarAsync<string>("select comment from portal.decisions where verdict = 'SendBack'"));
    }

    [Fact]
    public async Task StartCard_OfAnybodyElse_DoesNotOfferToSendBack()
    {
        await using var world = await StartAsync();
        var id = await ApprovedAsync(world);
        foreach (var caller in new[] { Petra, Vera })
        {
            await using var context = new PageContext(world.Services, caller);
            Assert.DoesNotContain("Send back", (await RenderAsync(world, context, id, caller)).Markup, StringComparison.Ordinal);
        }
    }

    private static async Task<long> ApprovedAsync(BatchWorld world)
    {
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.ApproveAsync(id, Marek));
        return id;
    }

    private static async Task<IRenderedComponent<StartCard>> RenderAsync(BatchWorld world, PageContext context, long batch, Caller caller)
    {
        var view = (await world.Get<BatchViewQueries>().FindAsync(batch, caller, true, CancellationToken.None))!;
        return context.Render<StartCard>(x => x.AddCascadingValue(view));
    }
}
