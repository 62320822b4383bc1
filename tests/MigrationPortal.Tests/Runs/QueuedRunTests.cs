using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>Several batches of one new pool at once: one writes, the others wait, say for whom, and start by themselves.</summary>
public sealed class QueuedRunTests
{
    [Fact]
    public async Task Start_AnotherBatchOfThePoolRuns_WaitsForItByNameThenCompletes()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var first = await world.ApprovedBatchAsync(ChatWorld.General);
        var second = await world.ApprovedBatchAsync(ChatWorld.Deep);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set name = 'Second wave' where id = {second}");
        var writing = (await world.StartAsync(first)).RunId;
        await Eventually.IsAsync(() => world.TransfersAsync(writing), x => x.Any(t => t.State == TransferState.Copying));

        var waiting = (await world.StartAsync(second)).RunId;

        var seen = await Eventually.IsAsync(() => world.RunAsync(waiting), x => x.Note is not null || x.State != RunState.Running);
        Assert.Equal((RunState.Running, null), (seen.State, seen.Error));
        Assert.Equal(new Wording("Wait.Turn.Run", "First wave"), seen.Note);
        Assert.Null((await world.RunAsync(writing)).Note);
        await op.PostAsync($"batches/{first}/throttle");
        await op.PostAsync($"batches/{second}/throttle");
        Assert.Equal(RunState.Completed, (await world.EndAsync(writing)).State);
        var end = await world.EndAsync(waiting);
        Assert.Equal((RunState.Completed, null, null), (end.State, end.Note, end.Error));
    }

    [Fact]
    public async Task Start_RunningBatchCreatesTheCategoryAndPeopleOfBoth_WaitsThenUsesThem()
    {
        await using var world = await RunWorld.CreateAsync();
        var first = await world.ApprovedBatchAsync(ChatWorld.General);
        var second = await world.ApprovedBatchAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set name = 'Second wave' where id = {second}");
        long[] runs;
        // Both are planned and started before either has written anything.
        await using (ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).AcquireRunLockAsync(world.Chat.New, CancellationToken.None)))
        {
            runs = [(await world.StartAsync(first)).RunId, (await world.StartAsync(second)).RunId];
            foreach (var run in runs)
                await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note is not null);
        }

        foreach (var run in runs)
        {
            var end = await world.EndAsync(run);
            Assert.Equal((RunState.Completed, null), (end.State, end.Error));
        }
    }

    [Fact]
    public async Task Cancel_BeforeAnythingWasWritten_GivesTheRoomsBack()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        await using (ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).AcquireRunLockAsync(world.Chat.New, CancellationToken.None)))
        {
            var run = (await world.StartAsync(batch)).RunId;
            await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note is not null);
            Assert.Equal(1, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms where is_open"));

            await op.PostAsync($"batches/{batch}/cancel");

            Assert.Equal(RunState.Cancelled, (await world.EndAsync(run)).State);
            Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms where is_open"));
        }
    }

    [Fact]
    public async Task Undo_AnotherBatchOfThePoolRuns_WaitsForItByNameThenIsUndone()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var moved = await world.RanAsync(ChatWorld.Hall);
        var other = await world.ApprovedBatchAsync(ChatWorld.General);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set name = 'Second wave' where id = {other}");
        var run = (await world.StartAsync(other)).RunId;
        await Eventually.IsAsync(() => world.TransfersAsync(run), x => x.Any(t => t.State == TransferState.Copying));
        var asked = await op.PostAsync($"batches/{moved}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(moved, asked);

        Assert.Null(await op.TryPostAsync($"batches/{moved}/undo"));

        var note = await Eventually.GetAsync(async () => (await op.GetAsync($"batches/{moved}/undo-preview")).GetProperty("request").GetProperty("note").GetString(), x => x.Length > 0);
        Assert.Contains("“Second wave” is being migrated", note, StringComparison.Ordinal);
        await op.PostAsync($"batches/{other}/throttle");
        await world.EndAsync(run);
        await Eventually.IsAsync(() => world.BatchAsync(moved), x => x is BatchState.Undone or BatchState.Failed);
        Assert.Equal(BatchState.Undone, await world.BatchAsync(moved));
    }
}
