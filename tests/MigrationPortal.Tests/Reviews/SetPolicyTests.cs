using System.Globalization;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using Npgsql;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

public sealed class SetPolicyTests
{
    private static readonly ReviewPolicy Two = new() { Approvals = 2 };

    [Fact]
    public async Task Set_Stricter_LeavesWhatIsApproved_AndSaysSo()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await world.SetAsync(Two);

        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal((1, true), (standing.Standing.Needed, standing.IsOlderPolicy));
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Equal(1, await world.AuditsAsync("PolicySet"));
    }

    [Fact]
    public async Task Set_AlsoOpen_StricterReopensAndLooserApproves()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));

        await world.SetAsync(Two, alsoOpen: true);
        Assert.Equal(BatchState.InReview, (await world.BatchAsync(id)).State);
        var standing = await world.StandingAsync(id, Anna);
        Assert.Equal((2, 1, false), (standing.Standing.Needed, standing.Standing.Have, standing.IsOlderPolicy));

        await world.SetAsync(ReviewPolicy.Default, alsoOpen: true);
        Assert.Equal(BatchState.Approved, (await world.BatchAsync(id)).State);
        Assert.Equal(["Created", "Submitted", "Approved", "PolicyApplied", "ReviewReopened", "PolicyApplied", "Approved"], await world.KindsAsync(id));
    }

    [Fact]
    public async Task Set_AlsoOpen_WhileAPlanIsStored_WaitsForItsBatchAlone()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var db = world.Database.OpenPortal();
        await using var storing = await db.Database.BeginTransactionAsync();
        await BatchMoves.LockAsync(db, id, CancellationToken.None);
        var set = world.SetAsync(Two, alsoOpen: true);
        await Eventually.TrueAsync(() => world.Database.IsWaitingAsync());

        // As StorePlan does after its batch.
        await PoolPairQueries.HoldOptionsAsync(db, Pair, CancellationToken.None);
        await storing.CommitAsync();

        await set;
        Assert.Equal(2, (await world.StandingAsync(id, Anna)).Standing.Needed);
    }

    [Fact]
    public async Task Set_ByAnotherRole_WithoutReason_OrFromAnOldVersion_IsRefused()
    {
        await using var world = await StartAsync();
        var handler = world.Get<SetPolicyHandler>();
        Refused(await handler.HandleAsync(new SetPolicy(Pair, Two, "why"), Anna, CancellationToken.None), "not-allowed");
        Refused(await handler.HandleAsync(new SetPolicy(Pair, Two, " "), PolicyWorld.Ada, CancellationToken.None), "reason-required");
        Refused(await handler.HandleAsync(new SetPolicy("nowhere", Two, "why"), PolicyWorld.Ada, CancellationToken.None), "pool-pair-not-found");
        await world.SetAsync(Two);
        Refused(await handler.HandleAsync(new SetPolicy(Pair, Two, "why", Seen: 0), PolicyWorld.Ada, CancellationToken.None), "stale");
    }

    [Fact]
    public async Task Set_OrDecidedAboutByAnAdministratorOfAnotherPair_IsRefused()
    {
        await using var world = await StartAsync();
        var elsewhere = Caller.Of("eve", "Eve", [new MigrationPortal.Access.Grant(Role.Administrator, "elsewhere")]);
        Refused(await world.Get<SetPolicyHandler>().HandleAsync(new SetPolicy(Pair, Two, "why"), elsewhere, CancellationToken.None), "out-of-scope");
        Refused(await world.Get<MigrationPortal.Reviews.Policy.Loosening.DecidePolicyHandler>().HandleAsync(new(Pair, 1, IsConfirmed: true), elsewhere, CancellationToken.None), "out-of-scope");
    }

    [Fact]
    public async Task Set_OverAVersionThatAnotherAdministratorMade_MergesByField_AndNamesTheSameOne()
    {
        await using var world = await StartAsync();
        var handler = world.Get<SetPolicyHandler>();
        var rules = new ReviewPolicy { Rules = [new(ReviewFacts.SecretRooms, 1, 2)] };
        await world.SetAsync(Two);

        Done(await handler.HandleAsync(new SetPolicy(Pair, rules, "why") { BaseVersion = 0 }, PolicyWorld.Ada, CancellationToken.None));
        var met = EditConflict.Of(Refused(await handler.HandleAsync(new SetPolicy(Pair, new ReviewPolicy { Approvals = 3, ExpiresAfterHours = 24 }, "why") { BaseVersion = 0 }, PolicyWorld.Ada, CancellationToken.None), "edit-conflict"))!;

        var now = await world.Get<PolicyQueries>().FindAsync(Pair, CancellationToken.None);
        Assert.Equal((2, 720, 1), (now.Policy.Approvals, now.Policy.ExpiresAfterHours, now.Policy.Rules.Count));
        Assert.Equal(("approvals", "1", "2", "3"), met.Fields.Select(x => (x.Field, x.Base, x.Theirs, x.Yours)).Single());
        Assert.Equal(now.Version, met.Version);
    }

    [Fact]
    public void Merge_OfEachField_TakesIt()
    {
        var other = new ReviewPolicy { Approvals = 4, Starter = StarterRule.NoApprover, ExpiresAfterHours = 24, Rules = [new(ReviewFacts.SecretRooms, 1, 2)], WarningsNeedReason = true, OpenThreadsBlock = true, BreakGlass = true };
        foreach (var property in typeof(ReviewPolicy).GetProperties().Where(x => x.CanWrite))
        {
            Assert.NotEqual(property.GetValue(ReviewPolicy.Default), property.GetValue(other));
            Assert.Equal(property.GetValue(other), property.GetValue(PolicyMerge.Of(ReviewPolicy.Default, other, ReviewPolicy.Default).Merged));
        }
    }

    [Fact]
    public async Task Versions_AreOnlyAddedTo()
    {
        await using var world = await StartAsync();
        await world.SetAsync(Two);
        await Assert.ThrowsAsync<PostgresException>(() => world.Database.ExecuteAsync("update portal.review_policies set reason = 'another'"));
        await Assert.ThrowsAsync<PostgresException>(() => world.Database.ExecuteAsync("delete from portal.review_policies"));
    }

    [Fact]
    public async Task Submit_FactsReachARule_PinsWhatIsNeeded()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Rules = [new(ReviewFacts.Rooms, 2, 2), new(ReviewFacts.Messages, 150, 3), new(ReviewFacts.WarningsOfRule + "P01", 1, 4)] });
        var small = await world.SubmittedAsync("One room", "Desk");
        await world.Database.ExecuteAsync($"delete from portal.batch_rooms where batch_id = {small.ToString(CultureInfo.InvariantCulture)}");
        var two = await world.SubmittedAsync("Two rooms", "Desk", "Repo");

        Assert.Equal(1, (await world.StandingAsync(small, Anna)).Standing.Needed);
        var standing = await world.StandingAsync(two, Anna);
        Assert.Equal(3, standing.Standing.Needed);
        Assert.Equal((2, 150), (standing.Review.Facts[ReviewFacts.Rooms], standing.Review.Facts[ReviewFacts.Messages]));
        Assert.Equal(["anna", "approver", "approver2", "both", "duo", "marek"], standing.Known.Select(x => x.Person));
    }

    [Fact]
    public async Task Submit_WarningsNeedReason_RefusesTheBulk()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { WarningsNeedReason = true });
        var id = await world.CreateAsync(Petra, "Nested", "Swaps");
        Refused(await world.SubmitAsync(id, Petra), "warnings-need-reason");
        Assert.Equal(BatchState.Draft, (await world.BatchAsync(id)).State);
    }

    public static TheoryData<string> Unfit => new() { "approvals", "hours", "fact", "rule", "start", "nothing", "need", "group" };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Check_UnfitPolicy_IsRefusedByName(string what)
    {
        PolicyRule Rule(string fact = ReviewFacts.Rooms, long atLeast = 1, int? approvals = 2, string? needs = null) => new(fact, atLeast, approvals, needs);
        var (policy, named) = what switch
        {
            "approvals" => (new ReviewPolicy { Approvals = 6 }, "5"),
            "hours" => (new ReviewPolicy { ExpiresAfterHours = 2161 }, "2160"),
            "fact" => (new ReviewPolicy { Rules = [Rule("moonPhase")] }, "moonPhase"),
            "rule" => (new ReviewPolicy { Rules = [Rule("warnings:P99")] }, "P99"),
            "start" => (new ReviewPolicy { Rules = [Rule(ReviewFacts.SecretRooms, atLeast: 0)] }, "“Secret rooms”"),
            "nothing" => (new ReviewPolicy { Rules = [Rule(approvals: null)] }, "“Rooms”"),
            "need" => (new ReviewPolicy { Rules = [Rule(needs: "Finance")] }, "Finance"),
            _ => (new ReviewPolicy { Rules = [Rule(needs: "Group:Sales")] }, "Sales"),
        };
        Assert.Contains(named, PolicyRules.Check(policy, ["Finance"])!.Message, StringComparison.Ordinal);
        Assert.Null(PolicyRules.Check(new ReviewPolicy { Rules = [Rule(needs: "Group:finance"), Rule("warnings:P12", needs: "CategoryOwner"), Rule("warnings:Gains")] }, ["Finance"]));
    }
}
