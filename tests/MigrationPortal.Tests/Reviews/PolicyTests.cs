using MigrationPortal.Batches;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

public sealed class PolicyTests
{
    private static readonly ReviewPolicy Two = new() { Approvals = 2 };

    [Fact]
    public async Task Approve_TwoNeeded_StaysInReviewUntilTheSecond()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two);
        var id = await world.SubmittedAsync("Wave 1", "Desk");

        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Refused(await world.ApproveAsync(id, Anna), "already-approved");
        Done(await world.ApproveAsync(id, Marek));

        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "ApprovalGiven", "Approved"], await world.KindsAsync(id));
    }

    [Fact]
    public async Task Approve_TwoAtOnceWhereTwoAreNeeded_BothCount()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var outcomes = await Task.WhenAll(world.ApproveAsync(id, Anna), world.ApproveAsync(id, Marek));
        Assert.All(outcomes, x => Done(x));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Draft_ReadBeforeAnybodySubmitted_KeepsOnlyItsAuthorFromApproving()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");

        Assert.Null((await world.StandingAsync(id, Anna)).Own);
        var standing = await world.StandingAsync(id, Both);
        Assert.Null(standing.Own);
        Assert.Contains("both", standing.Known.Select(x => x.Person));
        Assert.Equal(Exclusion.Author, (await world.StandingAsync(id, Petra)).Own);
    }

    [Fact]
    public async Task Withdraw_AfterApproved_GoesBackToReviewInTheSameRound()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.ApproveAsync(id, Marek));

        Refused(await world.WithdrawAsync(id, Anna, " "), "reason-required");
        Done(await world.WithdrawAsync(id, Anna));

        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal(["marek"], standing.Counted.Select(x => x.Person));
        Assert.Equal((LossKind.Withdrawn, "anna"), (standing.Lost.Single().How, standing.Lost.Single().By));
        Refused(await world.WithdrawAsync(id, Anna), "wrong-state");
        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Sweep_ApprovalExpired_GoesBackToReviewAndNeverToDraft()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two with { ExpiresAfterHours = 24 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await world.AgeAsync(TimeSpan.FromHours(23));
        Done(await world.ApproveAsync(id, Marek));
        Assert.Empty(await world.SweepAsync());
        await world.AgeAsync(TimeSpan.FromHours(2));

        Assert.Equal([id], await world.SweepAsync());

        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "ApprovalGiven", "Approved", "ApprovalLost", "ReviewReopened"], await world.KindsAsync(id));
        Assert.Empty(await world.SweepAsync());
        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
    }

    [Fact]
    public async Task Sweep_RoleTakenAway_LosesThatApproval()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await world.Database.ExecuteAsync("update portal.people set memberships = '{\"groups\":[],\"appRoles\":[\"Viewer\"]}' where name = 'anna'");

        Assert.Equal([id], await world.SweepAsync());

        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        Assert.Equal(LossKind.RightLost, (await world.StandingAsync(id, Marek)).Lost.Single().How);
    }

    [Fact]
    public async Task Rename_OfAnApprovedBatch_KeepsItsApproval()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.Get<MigrationPortal.Batches.Editing.RenameBatchHandler>().HandleAsync(new(id, "Wave one"), Petra, CancellationToken.None));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.True((await world.StandingAsync(id, Petra)).Standing.IsSatisfied);
    }

    [Fact]
    public async Task SendBack_EndsTheRound_DecisionsNeverCountAgain()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var fingerprint = (await world.BatchAsync(id)).Fingerprint;
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "too wide"), Marek, CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));

        Assert.Equal(fingerprint, (await world.BatchAsync(id)).Fingerprint);
        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal((2, 0, 2L), (standing.Standing.Needed, standing.Standing.Have, standing.Review.Round));
    }

    [Fact]
    public async Task Recall_ByAuthorOnly_GoesToDraft()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        var recall = world.Get<RecallBatchHandler>();
        Refused(await recall.HandleAsync(new RecallBatch(id), Anna, CancellationToken.None), "not-allowed");
        Refused(await recall.HandleAsync(new RecallBatch(id), Paul, CancellationToken.None), "not-yours");
        Done(await recall.HandleAsync(new RecallBatch(id), Petra, CancellationToken.None));
        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "Approved", "Recalled", "ApprovalLost"], await world.KindsAsync(id));
        Refused(await recall.HandleAsync(new RecallBatch(id), Petra, CancellationToken.None), "wrong-state");
    }

    [Fact]
    public async Task Acknowledge_AfterSubmission_ExcludesFromApproving()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two);
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        Done(await world.ApproveAsync(id, Both));
        // A warning that came after the submission would be acknowledged like this.
        await world.Database.ExecuteAsync("update portal.batch_findings set acknowledged_by = null");
        var finding = await world.Database.ScalarAsync<long>("select min(id) from portal.batch_findings where severity = 'Warning'");
        Done(await world.Get<MigrationPortal.Batches.Editing.AcknowledgeFindingsHandler>().HandleAsync(new(id, [finding], "looked at it"), Both, CancellationToken.None));

        Assert.Equal((0, Exclusion.Acknowledged), ((await world.StandingAsync(id, Both)).Standing.Have, (await world.StandingAsync(id, Both)).Own));
        Assert.Equal([id], await world.SweepAsync());
        Refused(await world.ApproveAsync(id, Both), "four-eyes");
    }

    [Fact]
    public async Task Edit_ThatExpectsAnotherRound_IsRefused_AndTheRightOneTellsWhoseApprovalEnded()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        var edit = world.Get<MigrationPortal.Batches.Editing.EditBatchHandler>();
        var names = new Dictionary<long, string?> { [await world.RoomAsync("Desk")] = "Trading desk" };
        Refused(await edit.HandleAsync(new(id) { NewNames = names, ExpectedRound = 0 }, Petra, CancellationToken.None), "review-moved");
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);

        Done(await edit.HandleAsync(new(id) { NewNames = names, ExpectedRound = 1 }, Petra, CancellationToken.None));

        var lost = Assert.Single((await world.StandingAsync(id, Anna)).Lost);
        Assert.Equal(("anna", "petra", LossKind.Edited), (lost.Person, lost.By, lost.How));
        Refused(await edit.HandleAsync(new(id) { NewNames = names, ExpectedRound = 1 }, Petra, CancellationToken.None), "review-moved");
    }
}
