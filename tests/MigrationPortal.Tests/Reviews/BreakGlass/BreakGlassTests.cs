using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Notices;
using static MigrationPortal.Tests.Batches.BatchWorld;
using static MigrationPortal.Tests.Reviews.BreakGlass.EmergencyWorld;

namespace MigrationPortal.Tests.Reviews.BreakGlass;

public sealed class BreakGlassTests
{
    // The database keeps microseconds.
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Ask_WithoutPolicyRoleReasonOrPlan_IsRefused()
    {
        await using var world = await StartedAsync(policy: new ReviewPolicy());
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Refused(await world.AskAsync(id, Olga), "break-glass-off");
        await world.SetAsync(new ReviewPolicy { BreakGlass = true }, alsoOpen: true);
        Refused(await world.AskAsync(id, Anna), "not-allowed");
        Refused(await world.AskAsync(id, Olga, reason: " "), "reason-required");
        Refused(await world.AskAsync(id, Olga, reference: null), "reason-required");
        Refused(await world.AskAsync(id, Olga, reference: new string('1', AskBreakGlassHandler.MaxReference + 1)), "break-glass-reference");
        Refused(await world.AskAsync(await world.CreateAsync(Petra, "Draft", "Repo"), Olga), "wrong-state");
        await world.Database.ExecuteAsync($"update portal.batch_findings set severity = 'Blocker' where batch_id = {id}");
        await world.Database.ExecuteAsync($"insert into portal.batch_findings (batch_id, rule_id, severity, subject, message) select {id}, 'P01', 'Blocker', 'Desk', to_jsonb('x'::text) where not exists (select from portal.batch_findings where batch_id = {id})");
        Refused(await world.AskAsync(id, Olga), "break-glass-blocked");
    }

    [Fact]
    public async Task Confirm_ByASecondPerson_ApprovesInPlaceOfApprovals_AndIsNoApproval()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var asked = Done(await world.AskAsync(id, Olga));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Refused(await world.ConfirmAsync(asked, Olga), "break-glass-own");
        Refused(await world.ConfirmAsync(asked, Petra), "not-allowed");
        Done(await world.ConfirmAsync(asked, Omar));
        Refused(await world.ConfirmAsync(asked, Anna), "break-glass-confirmed");

        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        var standing = await world.StandingAsync(id, Vera);
        Assert.True(standing.Standing is { IsSatisfied: true, IsEmergency: true, Have: 0, Needed: 2 });
        Assert.Equal(("olga", "omar"), (standing.Emergency!.Value.AskedBy.Person, standing.Emergency.Value.ConfirmedBy.Person));
        Assert.Equal(["Created", "Submitted", "BreakGlassAsked", "BreakGlassConfirmed", "BreakGlassApplied"], await world.KindsAsync(id));
        foreach (var action in new[] { "BatchBreakGlassAsked", "BatchBreakGlassConfirmed", "BatchBreakGlassApplied" })
            Assert.Equal(1, await world.AuditsAsync(action));
    }

    [Fact]
    public async Task Confirm_AfterAnHour_HasLapsed_AndAnotherMayBeAskedFor()
    {
        var clock = new FakeTimeProvider(_noon);
        await using var world = await StartedAsync(clock);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var first = Done(await world.AskAsync(id, Olga));
        clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMicroseconds(1));
        Refused(await world.AskAsync(id, Omar), "break-glass-open");
        clock.Advance(TimeSpan.FromMicroseconds(1));
        Refused(await world.ConfirmAsync(first, Omar), "break-glass-lapsed");
        var second = Done(await world.AskAsync(id, Omar));
        clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMicroseconds(1));
        Done(await world.ConfirmAsync(second, Anna));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Confirm_BothWorkedOnIt_IsRefused_OneIsEnough()
    {
        await using var world = await StartedAsync();
        var id = Done(await world.Get<CreateBatchHandler>().HandleAsync(new CreateBatch(Pair, "Wave 1", [await world.RoomAsync("Desk")]), Pavel, CancellationToken.None)).Id;
        Done(await world.SubmitAsync(id, Both));
        var asked = Done(await world.AskAsync(id, Pavel));
        Refused(await world.ConfirmAsync(asked, Both), "break-glass-both");
        Done(await world.ConfirmAsync(asked, Omar));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Edit_AfterIt_EndsItForGood()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var asked = Done(await world.AskAsync(id, Olga));
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new(id, await world.RoomAsync("Desk"), "Desk 2"), Petra, CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));
        Refused(await world.ConfirmAsync(asked, Omar), "break-glass-void");
        var again = Done(await world.AskAsync(id, Olga));
        Done(await world.ConfirmAsync(again, Omar));
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new(id, await world.RoomAsync("Desk"), "Desk"), Petra, CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        // It was confirmed, though nothing began: an auditor answers all the same.
        Refused(await world.AskAsync(id, Olga), "break-glass-open");
    }

    [Fact]
    public async Task Sweep_AfterADayOrWithoutTheRole_ReopensTheReview()
    {
        var clock = new FakeTimeProvider(_noon);
        await using var world = await StartedAsync(clock);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ConfirmAsync(Done(await world.AskAsync(id, Olga)), Omar));
        await world.Database.ExecuteAsync("""update portal.people set memberships = '{"groups":[],"appRoles":["Viewer"]}' where name = 'omar'""");
        Assert.Equal([id], await world.SweepAsync());
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        await world.Database.ExecuteAsync("""update portal.people set memberships = '{"groups":[],"appRoles":["Operator"]}' where name = 'omar'""");
        Assert.Equal([id], await world.SweepAsync());
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Equal(clock.GetUtcNow() + EmergencyStart.HoldsFor, (await world.StandingAsync(id, Vera)).Standing.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));

        clock.Advance(EmergencyStart.HoldsFor);
        Assert.Equal([id], await world.SweepAsync());
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Review_ByAThirdPerson_OpensTheWayForAnotherOne()
    {
        await using var world = await StartedAsync();
        var (id, other) = (await world.SubmittedAsync("Wave 1", "Desk"), await world.SubmittedAsync("Wave 2", "Repo"));
        var asked = Done(await world.AskAsync(id, Ida));
        Refused(await world.AskAsync(other, Olga), "break-glass-open");
        Refused(await world.ReviewAsync(asked, Aron), "break-glass-unconfirmed");
        Done(await world.ConfirmAsync(asked, Omar));
        Refused(await world.AskAsync(other, Olga), "break-glass-open");
        Refused(await world.ReviewAsync(asked, Ida), "break-glass-third");
        Refused(await world.ReviewAsync(asked, Olga), "not-allowed");
        Refused(await world.ReviewAsync(asked, Aron, verdict: null), "break-glass-verdict");
        Refused(await world.ReviewAsync(asked, Aron, text: ""), "reason-required");
        Done(await world.Get<RecallBatchHandler>().HandleAsync(new(id), Petra, CancellationToken.None));
        Refused(await world.Get<DeleteBatchHandler>().HandleAsync(new(id), Petra, CancellationToken.None), "break-glass-unreviewed");
        Done(await world.ReviewAsync(asked, Aron));
        Refused(await world.ReviewAsync(asked, Aron), "break-glass-reviewed");
        Done(await world.Get<DeleteBatchHandler>().HandleAsync(new(id), Petra, CancellationToken.None));
        Done(await world.AskAsync(other, Olga));
    }

    [Fact]
    public async Task Review_NotJustifiedBeforeTheStart_TakesTheBatchBackToReview()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var asked = Done(await world.AskAsync(id, Olga));
        Done(await world.ConfirmAsync(asked, Omar));
        Done(await world.ReviewAsync(asked, Aron, BreakGlassVerdict.NotJustified, "nothing was lost"));
        Assert.Equal(1, await world.AuditsAsync("BatchBreakGlassNotJustified"));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        // A second one of the same round counts by itself.
        Done(await world.ConfirmAsync(Done(await world.AskAsync(id, Omar)), Olga));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Threads_ThatMustBeResolved_AreNoApprovals()
    {
        await using var world = await StartedAsync(policy: new ReviewPolicy { Approvals = 2, BreakGlass = true, OpenThreadsBlock = true });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var thread = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Not before Friday", Must: true), Anna, CancellationToken.None));
        Done(await world.ConfirmAsync(Done(await world.AskAsync(id, Olga)), Omar));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Done(await world.Get<SettleThreadHandler>().HandleAsync(new SettleThread(thread.ThreadId, IsResolved: true), Petra, CancellationToken.None));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Start_ByWhoApprovedLast_IsAllowedByItAlone()
    {
        await using var world = await StartedAsync(policy: new ReviewPolicy { BreakGlass = true, Starter = StarterRule.NoApprover });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal("starter-approved", (await TakeAsync(world, id, Anna))?.Code);
        Done(await world.ConfirmAsync(Done(await world.AskAsync(id, Olga)), Omar));
        Assert.Null(await TakeAsync(world, id, Anna));
    }

    [Fact]
    public async Task Notices_TellEverybodyConcerned_AndTheInboxWhoMustAct()
    {
        await using var world = await StartedAsync();
        await world.KnowAsync(PolicyWorld.Ada);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var asked = Done(await world.AskAsync(id, Olga));
        Assert.Equal(($"emergency:{id}", null), await LineAsync(world, Omar));
        Assert.NotNull((await LineAsync(world, Olga)).DisabledReason);
        Assert.Equal(($"emergency:{id}", null), await LineAsync(world, Anna));
        Assert.Null((await LineAsync(world, Aron)).Key);
        Done(await world.ConfirmAsync(asked, Omar));
        Assert.Equal(($"emergency-review:{id}", null), await LineAsync(world, Aron));
        Assert.Null((await LineAsync(world, Omar)).Key);
        await OutboxTests.HandOutAsync(world);
        foreach (var told in new[] { Anna, Marek, Aron, PolicyWorld.Ada, Ida })
            Assert.Equal(2, await ToldAsync(world, told));
        // Nobody is told of what they did themselves.
        Assert.Equal((1, 1, 0), (await ToldAsync(world, Olga), await ToldAsync(world, Omar), await ToldAsync(world, Vera)));
        Assert.True(world.Get<NoticeKinds>().Find(BreakGlassEvents.Notice)!.IsMandatory);
        Done(await world.ReviewAsync(asked, Aron));
        Assert.Null((await LineAsync(world, Aron)).Key);
    }

    private static async Task<(string? Key, string? DisabledReason)> LineAsync(BatchWorld world, Caller caller)
    {
        world.Get<LiveFeed>().Deliver("reviews");
        var line = (await world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None)).SingleOrDefault(x => x.Key.StartsWith("emergency", StringComparison.Ordinal));
        Assert.True(line is null or { Class: InboxClass.Today });
        return (line?.Key, line?.DisabledReason);
    }

    private static async Task<int> ToldAsync(BatchWorld world, Caller caller) =>
        (await world.Get<NotificationQueries>().ListAsync(caller, onlyUnread: false, new(0, 50), CancellationToken.None)).Items.Count(x => x.Kind == "BreakGlass");

    private static async Task<MigrationPortal.Engine.Refusal?> TakeAsync(BatchWorld world, long id, Caller starter)
    {
        await using var db = world.Database.OpenPortal();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var batch = await BatchReads.GetAsync(db, id, CancellationToken.None);
        return await world.Get<StartGate>().TakeAsync(db, batch, ReviewKind.Plan, batch.Fingerprint!, starter, CancellationToken.None);
    }
}
