using MigrationPortal.Batches;
using MigrationPortal.Freezes;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Freezes;

public sealed class FreezeTests
{
    private static readonly Caller _operator = new("operator", "Olga", new HashSet<Role> { Role.Operator });

    [Fact]
    public async Task Find_RowMissing_CountsAsFrozen_AndSettingRestoresIt()
    {
        await using var world = await StartAsync();
        var batch = await world.BatchAsync(await world.CreateAsync(Petra, "Wave 1", "Desk"));
        await world.Database.ExecuteAsync("delete from portal.freezes");
        Assert.False(await StartOneAsync(world, batch));
        Assert.True((await world.Get<FreezeQueries>().FindAsync(CancellationToken.None)).IsFrozen);
        Done(await SetAsync(world, new SetFreeze(null, IsFrozen: false, "restored")));
        Assert.True(await StartOneAsync(world, batch));
    }

    [Fact]
    public async Task Set_ForOnePair_StopsThatPairOnly_AndBoundsHold()
    {
        await using var world = await StartAsync();
        var batch = await world.BatchAsync(await world.CreateAsync(Petra, "Wave 1", "Desk"));
        var bounded = Caller.Of("olaf", "Olaf", [new Grant(Role.Operator, Pair)]);
        var handler = world.Get<SetFreezeHandler>();
        Refused(await SetAsync(world, new SetFreeze(null, IsFrozen: true, "why"), bounded), "out-of-scope");
        Refused(await SetAsync(world, new SetFreeze("nowhere", IsFrozen: true, "why")), "pool-pair-not-found");
        Refused(await SetAsync(world, new SetFreeze(Pair, IsFrozen: true, " ")), "reason-required");
        Refused(await SetAsync(world, new SetFreeze(Pair, IsFrozen: true, "why"), Petra), "not-allowed");

        Done(await SetAsync(world, new SetFreeze(Pair, IsFrozen: true, "why"), bounded));

        Assert.False(await StartOneAsync(world, batch));
        await using var db = world.Database.OpenPortal();
        await using var transaction = await db.Database.BeginTransactionAsync();
        Assert.Null(await new FreezeHold().FindAsync(db, new Batch { PoolPairId = "other", Name = "x", Author = "y", CreatedAt = default }, CancellationToken.None));
    }

    [Fact]
    public async Task Set_EndWithTheOffsetOfItsSender_IsKept_AndOneThatPassedIsRefused()
    {
        await using var world = await StartAsync();
        var end = new DateTimeOffset(2099, 12, 24, 8, 0, 0, TimeSpan.FromHours(5.5));

        Done(await SetAsync(world, new SetFreeze(Pair, IsFrozen: true, "why", Until: end)));
        Refused(await SetAsync(world, new SetFreeze(Pair, IsFrozen: true, "why", Until: new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero))), "freeze-until");

        var state = await world.Get<FreezeQueries>().FindAsync(CancellationToken.None);
        Assert.Equal(end, Assert.Single(state.Pairs).Until);
    }

    [Fact]
    public async Task Frozen_StartOfAnApprovedBatch_IsRefusedUntilItIsLifted()
    {
        await using var world = await RunWorld.CreateAsync();
        var id = await world.ApprovedBatchAsync(ChatWorld.General);
        var (handler, queries) = (world.Portal.Get<SetFreezeHandler>(), world.Portal.Get<FreezeQueries>());
        Done(await handler.HandleAsync(new SetFreeze(null, IsFrozen: true, "why"), world.Operator, queries, CancellationToken.None));

        var start = await world.Portal.Get<StartRunHandler>().HandleAsync(new StartRun(id, []), world.Operator, CancellationToken.None);

        Refused(start, "frozen");
        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        Done(await handler.HandleAsync(new SetFreeze(null, IsFrozen: false, "why"), world.Operator, queries, CancellationToken.None));
        await world.StartAsync(id);
    }

    private static Task<MigrationPortal.Engine.Outcome<FreezeState>> SetAsync(BatchWorld world, SetFreeze request, Caller? by = null) =>
        world.Get<SetFreezeHandler>().HandleAsync(request, by ?? _operator, world.Get<FreezeQueries>(), CancellationToken.None);

    private static async Task<bool> StartOneAsync(BatchWorld world, Batch batch)
    {
        await using var db = world.Database.OpenPortal();
        await using var transaction = await db.Database.BeginTransactionAsync();
        return await new FreezeHold().FindAsync(db, batch, CancellationToken.None) is null;
    }
}
