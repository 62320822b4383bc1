using MigrationPortal.Comments;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Inbox;
using MigrationPortal.Inbox.Marks;
using MigrationPortal.Live;
using MigrationPortal.Notices.Bell;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Notices;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Ui;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

/// <summary>Whose turn it is: threads, plans that a scan changed, and the order of it all.</summary>
public sealed class TurnLinesTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task List_OfOneClass_HasWhatIsDueFirstAndThenTheOldest()
    {
        await using var world = await StartAsync();
        InboxLine[] lines =
        [
            Line("old", _noon.AddDays(-9)),
            Line("late", _noon) with { Due = _noon.AddHours(2) },
            Line("soon", _noon) with { Due = _noon.AddHours(1) },
            Line("older", _noon.AddDays(-10)),
            Line("now", _noon.AddDays(1)) with { Class = InboxClass.Now },
        ];
        var inbox = new InboxQueries([new Fixed(lines)], world.Get<InboxMarks>());
        Assert.Equal(["now", "soon", "late", "older", "old"], (await inbox.ListAsync(Pair, Petra, CancellationToken.None)).Select(x => x.Key));
    }

    [Fact]
    public async Task Thread_MentionsSomebody_IsTheirTurnUntilTheyAnswerOrItIsResolved()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        var anna = await world.Database.ScalarAsync<long>("select id from portal.people where name = 'anna'");
        var first = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, $"Is it safe, @[anna](person:{anna})?"), Marek, CancellationToken.None));

        var line = Assert.Single(await ThreadsAsync(world, Anna));
        Assert.Equal(($"thread:{first.ThreadId}", InboxClass.Decide, (long?)id), (line.Key, line.Class, line.BatchId));
        Assert.Contains("marek: Is it safe", line.Reason, StringComparison.Ordinal);
        Assert.NotNull(await world.Get<InboxQueries>().FindAsync(line.Key, Anna, CancellationToken.None));
        // The batch is Petra's, and somebody else wrote last.
        Assert.Single(await ThreadsAsync(world, Petra));
        Assert.Empty(await ThreadsAsync(world, Marek));

        Done(await world.Get<ReplyToThreadHandler>().HandleAsync(new ReplyToThread(first.ThreadId, "It is."), Anna, CancellationToken.None));
        Assert.Empty(await ThreadsAsync(world, Anna));
        Assert.Null(await world.Get<InboxQueries>().FindAsync(line.Key, Anna, CancellationToken.None));
        Assert.Single(await ThreadsAsync(world, Petra));
        await world.Database.ExecuteAsync("update portal.threads set resolved_at = now(), resolved_by = 'petra'");
        Assert.Empty(await ThreadsAsync(world, Petra));
    }

    [Fact]
    public async Task Thread_AboutAMessage_IsNobodysTurnWhoMayNotReadIt()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, new Anchor(AnchorKind.Message, $"{await world.RoomAsync("Desk")}:1"), "Who said that?"), Marek, CancellationToken.None));
        Assert.Empty(await ThreadsAsync(world, Petra));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plan_ChangedByAScan_IsTheAuthorsTurnAndToldOnce(bool wasApproved)
    {
        await using var world = await StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.Add(Known(Petra));
            await db.SaveChangesAsync();
        }

        await world.SetAsync(new MigrationPortal.Reviews.Policy.ReviewPolicy { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        if (wasApproved)
            Done(await world.ApproveAsync(id, Anna));
        await world.ScanAsync(Trading().Member("Desk", "lee"));
        await OutboxTests.HandOutAsync(world);

        var line = Assert.Single(await ListAsync(world, Petra));
        Assert.Equal(($"draft:{id}", InboxClass.Decide), (line.Key, line.Class));
        Assert.StartsWith("Check “Wave 1”", line.Title, StringComparison.Ordinal);
        var told = (await world.Get<NotificationQueries>().ListAsync(Petra, onlyUnread: false, new(0, 50), CancellationToken.None)).Items.Select(x => x.Kind).ToList();
        Assert.Equal(wasApproved ? 0 : 1, told.Count(x => x == "PlanChanged"));
        Assert.Equal(wasApproved ? 1 : 0, told.Count(x => x == "ApprovalLost"));

        Done(await world.SubmitAsync(id, Petra));
        Assert.Empty(await ListAsync(world, Petra));
    }

    [Fact]
    public async Task Batch_SentBackAfterAnotherPlannerSubmittedIt_IsTheTurnOfBothUntilSomebodyElseSubmits()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.SubmitAsync(id, Paul));
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Iberia is too wide"), Anna, CancellationToken.None));

        foreach (var planner in new[] { Petra, Paul })
        {
            var line = Assert.Single(await ListAsync(world, planner));
            Assert.Equal(($"draft:{id}", InboxClass.Decide, true), (line.Key, line.Class, line.IsCounted));
            Assert.Contains("Iberia is too wide", line.Reason, StringComparison.Ordinal);
        }

        Assert.Empty(await ListAsync(world, Both));
        Assert.Empty(await ListAsync(world, Caller.Of(Paul.Name, Paul.DisplayName, [new Grant(Role.Planner, "elsewhere")])));
        Done(await world.SubmitAsync(id, Petra));
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(id, "Still too wide"), Anna, CancellationToken.None));
        Assert.Empty(await ListAsync(world, Paul));
        Assert.Single(await ListAsync(world, Petra));
    }

    [Fact]
    public async Task Thread_AboutABatchThatAnotherPlannerSubmitted_IsTheTurnOfBoth()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.SubmitAsync(id, Paul));
        var opened = Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(id, Anchor.Batch, "Is it safe?"), Marek, CancellationToken.None));

        Assert.Equal($"thread:{opened.ThreadId}", Assert.Single(await ThreadsAsync(world, Paul)).Key);
        Assert.Single(await ThreadsAsync(world, Petra));
        Assert.Empty(await ThreadsAsync(world, Both));

        Done(await world.Get<ReplyToThreadHandler>().HandleAsync(new ReplyToThread(opened.ThreadId, "It is."), Paul, CancellationToken.None));
        Assert.Empty(await ThreadsAsync(world, Paul));
        Assert.Single(await ThreadsAsync(world, Petra));
    }

    private static async Task<IReadOnlyList<InboxLine>> ThreadsAsync(BatchWorld world, Caller caller) =>
        [.. (await ListAsync(world, caller)).Where(x => x.Key.StartsWith("thread:", StringComparison.Ordinal))];

    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world, Caller caller)
    {
        world.Get<LiveFeed>().Deliver("reviews");
        return world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);
    }

    private static InboxLine Line(string key, DateTimeOffset since) => new(key, InboxClass.Decide, "", Tone.Off, "t", "r", since, "/", "a");

    private sealed class Fixed(IReadOnlyList<InboxLine> lines) : IInboxLines
    {
        public Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken) => Task.FromResult(lines);

        public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) => Task.FromResult<InboxDetail?>(null);
    }
}
