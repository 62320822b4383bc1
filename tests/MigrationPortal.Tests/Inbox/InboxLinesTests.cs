using MigrationPortal.Audit.Anchors;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Engine;
using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows.Scheduling;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

public sealed class InboxLinesTests
{
    [Fact]
    public async Task List_TwoApprovalsNeeded_CountsForWhoMayStillApprove()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));

        var anna = Assert.Single(await ListAsync(world, Anna));
        Assert.Equal(($"review:{id}", false), (anna.Key, anna.IsCounted));
        Assert.True(Assert.Single(await ListAsync(world, Marek)).IsCounted);
    }

    [Fact]
    public async Task List_OfSomebodyOfAnotherPoolPair_HasNothingThatTheyCannotDo()
    {
        await using var world = await StartAsync();
        Done(await world.ApproveAsync(await world.SubmittedAsync("Wave 1", "Desk"), Anna));

        Assert.Empty(await ListAsync(world, Caller.Of("olga", "Olga", [new Grant(Role.Operator, "elsewhere")])));
        Assert.Single(await ListAsync(world, Caller.Of("olga", "Olga", [new Grant(Role.Operator, Pair)])));
    }

    [Fact]
    public async Task List_OfAnApproverOfAnotherPoolPair_OffersNoDecisionThatIsRefused()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var elsewhere = Caller.Of("anna", "Anna", [new Grant(Role.Approver, "elsewhere")]);
        Refused(await world.ApproveAsync(id, elsewhere), "out-of-scope");

        Assert.Empty(await ListAsync(world, elsewhere));
        Assert.Equal(DecisionBar.OutOfReach, Assert.Single((await world.Get<ReviewQueries>().ListAsync(elsewhere, null, new(0, 50), CancellationToken.None)).Items).Bar);
        Assert.Null(Assert.Single((await world.Get<ReviewQueries>().ListAsync(Anna, null, new(0, 50), CancellationToken.None)).Items).Bar);
    }

    [Fact]
    public async Task List_OwnApprovalEndsWithinADay_IsDueThen()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { ExpiresAfterHours = 48 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Assert.Empty(await ListAsync(world, Anna));
        await world.AgeAsync(TimeSpan.FromHours(30));
        world.Get<LiveFeed>().AnnounceEverything();

        var line = Assert.Single(await ListAsync(world, Anna));
        Assert.Equal(($"approval:{id}", InboxClass.Today), (line.Key, line.Class));
        Assert.NotNull(line.Due);
        Assert.Empty(await ListAsync(world, Marek));
    }

    [Fact]
    public async Task List_SentBack_TellsItsAuthorWhy()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Iberia is too wide"), Anna, CancellationToken.None));
        var line = Assert.Single(await ListAsync(world, Petra));
        Assert.Equal(InboxClass.Decide, line.Class);
        Assert.Contains("Iberia is too wide", line.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByManyPeopleAfterAChange_ReadsOnceForAll()
    {
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.AddRange(Enumerable.Range(0, 20).Select(i => new MigrationPortal.Batches.Batch { PoolPairId = Pair, Name = $"Wave {i}", Author = Petra.Name, CreatedAt = DateTimeOffset.UnixEpoch }));
            await db.SaveChangesAsync();
        }

        await world.SubmittedAsync("Wave 20", "Desk");
        var people = new[] { Petra, Paul, Anna, Marek, Both, Vera };

        var read = await RowsRead.OfAsync(world.Database, "batches", async () =>
        {
            world.Get<LiveFeed>().Deliver("batch:1");
            await Task.WhenAll(Enumerable.Range(0, 120).Select(i => ListAsync(world, people[i % people.Length])));
        });

        Assert.InRange(read, 1, 600);
        Assert.Equal(20, (await ListAsync(world, Petra)).Count);
        Assert.True(Assert.Single(await ListAsync(world, Anna)).IsCounted);
    }

    [Theory]
    [InlineData("schedules", Role.Operator)]
    [InlineData("audit_check", Role.Auditor)]
    [InlineData("threads", Role.Planner)]
    public async Task List_ByManyPeopleAfterAChange_ReadsEachOfTheseOnceForAll(string table, Role role)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Is it safe?"), Marek, CancellationToken.None));
        await using (var db = world.Database.OpenPortal())
        {
            var now = TimeProvider.System.GetUtcNow();
            var batch = new MigrationPortal.Batches.Batch { PoolPairId = Pair, Name = "Wave 2", Author = Paul.Name, CreatedAt = now, State = MigrationPortal.Batches.BatchState.Scheduled };
            db.Add(batch);
            await db.SaveChangesAsync();
            db.Add(new Schedule { BatchId = batch.Id, By = "olga", At = now, Confirmations = [] });
            db.Add(new AuditCheck { At = now, Since = now, Broken = Wording.OfText("Entry 2 is missing") });
            await db.SaveChangesAsync();
        }

        var person = new Caller(Petra.Name, Petra.DisplayName, new HashSet<Role> { role });
        var read = await RowsRead.OfAsync(world.Database, table, async () =>
        {
            world.Get<LiveFeed>().Deliver("batch:1");
            await Task.WhenAll(Enumerable.Range(0, 240).Select(_ => ListAsync(world, person)));
        });

        // One row each: whoever reads alone reads it at least once.
        Assert.InRange(read, 1, 120);
    }

    [Fact]
    public async Task List_ThreadWithALongComment_ReadsItsBeginning()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var text = string.Concat(Enumerable.Repeat("Is it safe? ", 300));
        var comment = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, text), Marek, CancellationToken.None));

        var thread = Assert.Single(await world.Get<WaitingThreads>().ListAsync([comment.ThreadId], CancellationToken.None));

        Assert.Equal((comment.ThreadId, id, comment.Id, Marek.Name, text[..1000]), (thread.Id, thread.BatchId, thread.Last.Id, thread.Last.By, thread.Last.Text));
        Assert.Contains(await ListAsync(world, Petra), x => x.Key == $"thread:{comment.ThreadId}" && x.Reason.Contains("Is it safe? Is it safe?", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world, Caller caller) =>
        world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);
}
