using MigrationPortal.Batches;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Freezes;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Freezes;

/// <summary>What a freeze holds beside a first start: all that writes to a pool.</summary>
public sealed class FrozenWorkTests
{
    [Fact]
    public async Task Frozen_DeltaCutOverAndUndo_AreRefusedUntilItIsLifted()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var batch = await world.RanAsync(ChatWorld.General);
        await SetAsync(world, new SetFreeze(null, IsFrozen: true, "change in the data center"));
        Assert.Equal(("frozen", "frozen"), (await op.TryPostAsync($"batches/{batch}/delta"), await op.TryPostAsync($"batches/{batch}/cut-over")));
        await SetAsync(world, new SetFreeze(null, IsFrozen: false, "done"));

        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        await SetAsync(world, new SetFreeze("contoso", IsFrozen: true, "once more"));
        Assert.Equal("frozen", await op.TryPostAsync($"batches/{batch}/undo"));
        await SetAsync(world, new SetFreeze("contoso", IsFrozen: false, "done"));

        await op.PostAsync($"batches/{batch}/undo");
        Assert.Equal(BatchState.Undone, await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.Undone or BatchState.Failed));
    }

    [Fact]
    public async Task Set_WithPauseRuns_PausesWhatRuns_AndNobodyResumesItUntilItIsLifted()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        long run;
        // It waits for its turn: as long as it does, it is in the middle.
        await using (ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).AcquireRunLockAsync(world.Chat.New, CancellationToken.None)))
        {
            run = (await world.StartAsync(batch)).RunId;
            await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note is not null);

            await SetAsync(world, new SetFreeze("contoso", IsFrozen: true, "change in the data center", PauseRuns: true));

            Assert.Equal((RunState.Paused, BatchState.Paused), ((await world.RunAsync(run)).State, await world.BatchAsync(batch)));
            Assert.Equal("frozen", await op.TryPostAsync($"batches/{batch}/resume"));
        }

        await SetAsync(world, new SetFreeze("contoso", IsFrozen: false, "done"));
        await op.PostAsync($"batches/{batch}/resume");
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
    }

    [Fact]
    public async Task Set_WithoutPauseRuns_LeavesWhatRuns()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        long run;
        await using (ChatWorld.Done(await SqlDialect.For(SqlProvider.PostgreSql).AcquireRunLockAsync(world.Chat.New, CancellationToken.None)))
        {
            run = (await world.StartAsync(batch)).RunId;
            await SetAsync(world, new SetFreeze(null, IsFrozen: true, "change in the data center"));
            Assert.Equal(RunState.Running, (await world.RunAsync(run)).State);
        }

        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
    }

    private static async Task SetAsync(RunWorld world, SetFreeze request) =>
        Done(await world.Portal.Get<SetFreezeHandler>().HandleAsync(request, world.Operator, world.Portal.Get<FreezeQueries>(), CancellationToken.None));
}
