using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

public sealed class ReviewTests
{
    [Fact]
    public async Task Approve_ByAnother_BindsToTheFingerprint()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");

        var decision = Done(await world.ApproveAsync(id, Anna));

        var batch = await world.BatchAsync(id);
        Assert.Equal(BatchState.Approved, batch.State);
        Assert.Equal((batch.Fingerprint, batch.Fingerprint), (batch.ApprovedFingerprint, decision.Fingerprint));
        Assert.Equal(["Created", "Submitted", "Approved"], await world.KindsAsync(id));
    }

    [Fact]
    public async Task Approve_ByAuthorSubmitterOrEditor_NeedsOtherEyes()
    {
        await using var world = await StartAsync();
        var own = await world.CreateAsync(Both, "Own", "Desk");
        Done(await world.SubmitAsync(own, Petra));
        Refused(await world.ApproveAsync(own, Both), "four-eyes");

        var submitted = await world.CreateAsync(Petra, "Submitted", "Repo");
        Done(await world.SubmitAsync(submitted, Both));
        Refused(await world.ApproveAsync(submitted, Both), "four-eyes");

        var edited = await world.CreateAsync(Petra, "Edited", "Swaps");
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(edited, await world.RoomAsync("Swaps"), "Swaps again"), Both, CancellationToken.None));
        Done(await world.SubmitAsync(edited, Petra));
        Refused(await world.ApproveAsync(edited, Both), "four-eyes");
        Done(await world.ApproveAsync(edited, Anna));
    }

    [Fact]
    public async Task Approve_AnotherFingerprint_IsRefusedAndChangesNothing()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var outcome = await world.Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(id, new string('0', 64)), Anna, CancellationToken.None);
        Refused(outcome, "plan-changed");
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Refused(await world.Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(id, null), Anna, CancellationToken.None), "fingerprint-required");
    }

    [Fact]
    public async Task Approve_TwoAtOnce_OneWinsAndTheOtherLearnsWho()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");

        var outcomes = await Task.WhenAll(world.ApproveAsync(id, Anna), world.ApproveAsync(id, Marek));

        var winner = Assert.Single(outcomes, x => x.IsDone).Value!.By;
        var lost = Assert.Single(outcomes, x => !x.IsDone);
        Assert.Contains($"{winner} approved the batch", Refused(lost, "wrong-state").Message, StringComparison.Ordinal);
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.decisions"));
    }

    [Fact]
    public async Task SendBack_WithoutReason_IsRefused_WithOne_GoesToDraft()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var handler = world.Get<SendBackHandler>();
        Refused(await handler.HandleAsync(new SendBack(id, " "), Anna, CancellationToken.None), "reason-required");
        Refused(await handler.HandleAsync(new SendBack(id, "no"), Petra, CancellationToken.None), "not-allowed");
        Done(await handler.HandleAsync(new SendBack(id, "Iberia is too wide"), Anna, CancellationToken.None));

        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
        Refused(await world.ApproveAsync(id, Marek), "wrong-state");
        Done(await world.SubmitAsync(id, Petra));
        Done(await world.ApproveAsync(id, Marek));
    }

    [Fact]
    public async Task Approve_SourceChangedSinceSubmit_GoesBackToDraft()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var fingerprint = (await world.BatchAsync(id)).Fingerprint;

        await world.ScanAsync(Trading().Member("Desk", "lee"));

        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
        var outcome = await world.Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(id, fingerprint), Anna, CancellationToken.None);
        Refused(outcome, "wrong-state");
        Assert.Contains("ApprovalsVoided", await world.KindsAsync(id));
    }

    [Fact]
    public async Task Approve_BySomebodyWhoAcknowledgedWithAnEarlierSubmission_IsTheirOwnWork()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        Done(await world.SubmitAsync(id, Both));
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Not yet"), Anna, CancellationToken.None));
        Done(await world.SubmitAsync(id, Paul));

        Refused(await world.ApproveAsync(id, Both), "four-eyes");
    }

    [Fact]
    public async Task Approve_BySomebodyWhoChangedTheOptionsThatItFollows_IsTheirOwnWork()
    {
        await using var world = await StartAsync();
        var ada = new Caller("both", "both", new HashSet<Role> { Role.Administrator });
        var (id, draft) = (await world.SubmittedAsync("Wave 1", "Swaps"), await world.CreateAsync(Petra, "Wave 2", "Desk"));
        Done(await world.Get<MigrationPortal.PoolPairs.SetPairOptionsHandler>().HandleAsync(
            new(Pair, new MigrationPortal.Engine.Planning.PlanOptions { PrefixSeparator = " : ", Creators = MigrationPortal.Engine.Planning.Creators.None }), ada, CancellationToken.None));

        Assert.Equal(["Created", "Submitted", "PairOptionsChanged", "ApprovalsVoided"], await world.KindsAsync(id));
        Assert.Equal(["Created"], (await world.KindsAsync(draft)).Take(1));
        Assert.NotEmpty(await world.Get<FallenBack>().FindAsync([id], CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));
        Refused(await world.ApproveAsync(id, Both), "four-eyes");
        Done(await world.ApproveAsync(id, Marek));
    }

    [Fact]
    public async Task Approve_OnlyMessagesGrew_Stands()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await world.ScanAsync(new MigrationPortal.Tests.Engine.Planning.PoolBuilder()
            .Principal("kim").Principal("lee")
            .Category("Trading").Category("Rates", "Trading")
            .Room("Desk", "Trading").Room("Repo", "Trading").Room("Swaps", "Rates")
            .Member("Desk", "kim").Member("Repo", "kim").Member("Swaps", "lee")
            .Messages("Desk", 500).Messages("Repo", 30).Messages("Swaps", 7));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }
}
