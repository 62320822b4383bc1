using System.Globalization;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>What was approved and is so no longer, and what drops or meets a scheduled start.</summary>
public sealed class ReopenedNoticesTests
{
    private static readonly Caller _olga = new("olga", "olga", new HashSet<Role> { Role.Operator });

    // Scheduled it, and is no operator any more.
    private static readonly Caller _stella = new("stella", "stella", new HashSet<Role> { Role.Viewer });

    [Fact]
    public async Task Policy_StricterForWhatIsApproved_AuthorAndWhoMayApproveAreToldThatItIsOpenAgain()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await world.SetAsync(new ReviewPolicy { Approvals = 2 }, alsoOpen: true);
        await OutboxTests.HandOutAsync(world);

        foreach (var told in new[] { Petra, Marek, Both })
            Assert.Single(await KindsAsync(world, told), x => x == "ReviewReopened");
        // Anna approved already, and nothing was scheduled.
        foreach (var other in new[] { Anna, _olga, _stella })
            Assert.DoesNotContain("ReviewReopened", await KindsAsync(world, other));
    }

    [Fact]
    public async Task Approval_Withdrawn_AuthorIsToldOfTheLossAlone()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.WithdrawAsync(id, Anna));
        await OutboxTests.HandOutAsync(world);

        Assert.Contains("ApprovalLost", await KindsAsync(world, Petra));
        Assert.DoesNotContain("ReviewReopened", await KindsAsync(world, Petra));
        Assert.Single(await KindsAsync(world, Marek), x => x == "ReviewReopened");
        foreach (var other in new[] { Anna, _olga })
            Assert.DoesNotContain("ReviewReopened", await KindsAsync(world, other));
    }

    [Theory]
    [InlineData("withdrawn", "ReviewReopened", "ApprovalLost")]
    [InlineData("edited", "ScheduleMissed", "ApprovalLost")]
    [InlineData("edited without approvals", "ScheduleMissed", "ApprovalLost")]
    [InlineData("recalled", "Recalled", "ApprovalLost")]
    [InlineData("changed", "ScheduleMissed", "PlanChanged")]
    public async Task Schedule_DroppedWithItsApproval_WhoScheduledAndOperatorsAreToldOnce(string how, string told, string never)
    {
        await using var world = await StartedAsync();
        var id = await ScheduledAsync(world);
        switch (how)
        {
            case "withdrawn":
                Done(await world.WithdrawAsync(id, Anna));
                break;
            // As an emergency start leaves it, which stands in for approvals.
            case "edited without approvals":
                await world.Database.ExecuteAsync($"delete from portal.decisions where batch_id = {id}");
                goto case "edited";
            case "edited":
                Done(await world.Get<EditBatchHandler>().HandleAsync(new EditBatch(id) { AddRoomIds = [await world.RoomAsync("Repo")] }, Petra, CancellationToken.None));
                break;
            case "recalled":
                Done(await world.Get<RecallBatchHandler>().HandleAsync(new RecallBatch(id), Petra, CancellationToken.None));
                break;
            default:
                await world.ScanAsync(Trading().Member("Desk", "lee"));
                break;
        }

        await OutboxTests.HandOutAsync(world);

        foreach (var one in new[] { _stella, _olga })
        {
            var kinds = await KindsAsync(world, one);
            Assert.Single(kinds, x => x == told);
            Assert.DoesNotContain(never, kinds);
        }

        foreach (var other in new[] { Anna, Marek })
            Assert.DoesNotContain("ScheduleMissed", await KindsAsync(world, other));
    }

    [Fact]
    public async Task Options_ChangedForThePair_WhoDidSoIsToldOfNoOtherDecisionAboutItsDrafts()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Not yet"), Anna, CancellationToken.None));
        Done(await world.Get<MigrationPortal.PoolPairs.SetPairOptionsHandler>().HandleAsync(
            new(Pair, new MigrationPortal.Engine.Planning.PlanOptions { PrefixSeparator = " : " }), PolicyWorld.Ada, CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));
        Done(await world.ApproveAsync(id, Anna));
        await OutboxTests.HandOutAsync(world);

        Assert.Contains("PairOptionsChanged", await world.KindsAsync(id));
        Assert.Contains("Approved", await KindsAsync(world, Petra));
        Assert.DoesNotContain("PlanChanged", await KindsAsync(world, Petra));
        Assert.DoesNotContain("Approved", await KindsAsync(world, PolicyWorld.Ada));
    }

    [Fact]
    public async Task Plan_EditedWithoutASchedule_OperatorsAreNotTold()
    {
        await using var world = await StartedAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.Get<EditBatchHandler>().HandleAsync(new EditBatch(id) { AddRoomIds = [await world.RoomAsync("Repo")] }, Petra, CancellationToken.None));
        await OutboxTests.HandOutAsync(world);
        Assert.DoesNotContain("ApprovalLost", await KindsAsync(world, _olga));
    }

    [Fact]
    public async Task Start_MissedPausedOrWithAWindowAhead_WhoScheduledItIsTold()
    {
        await using var world = await StartedAsync();
        var id = await ScheduledAsync(world);
        await using (var db = world.Database.OpenPortal())
        {
            var batch = $"batch:{id.ToString(CultureInfo.InvariantCulture)}";
            db.AddRange(Of("ScheduleMissed", batch), Of("RunPaused", batch), Of("WindowOpens", $"pool-pair:{Pair}"));
            await db.SaveChangesAsync();
        }

        await OutboxTests.HandOutAsync(world);

        foreach (var told in new[] { _stella, _olga })
            Assert.Equal(["RunPaused", "ScheduleMissed", "WindowOpens"], (await KindsAsync(world, told)).Where(x => x != "Approved").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("RunPaused", await KindsAsync(world, Marek));
    }

    private static NoticeEvent Of(string kind, string subject) => new()
    {
        Kind = kind, Subject = subject, PoolPairId = Pair, By = Caller.Portal.Name, At = TimeProvider.System.GetUtcNow(), Title = "Wave 1", Sentence = Wording.OfText("x"), Url = "/",
    };

    private static async Task<BatchWorld> StartedAsync()
    {
        var world = await StartAsync();
        await using var db = world.Database.OpenPortal();
        db.AddRange(new[] { _olga, _stella, PolicyWorld.Ada, Petra }.Select(Known));
        await db.SaveChangesAsync();
        return world;
    }

    private static async Task<long> ScheduledAsync(BatchWorld world)
    {
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await world.Database.ExecuteAsync($"""
            update portal.batches set state = 'Scheduled' where id = {id};
            insert into portal.schedules (batch_id, by, at, confirmations) values ({id}, 'stella', now(), array[]::text[])
            """);
        return id;
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(BatchWorld world, Caller caller) =>
        [.. (await world.Get<NotificationQueries>().ListAsync(caller, onlyUnread: false, new(0, 50), CancellationToken.None)).Items.Select(x => x.Kind)];
}
