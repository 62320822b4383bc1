using MigrationPortal.Engine;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Delta;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>A network that falls silent, or is cut, in the middle of a message: every step ends, by itself or by Stop, and goes on afterwards.</summary>
public sealed class FaultyNetworkTests
{
    // A watchdog, not a measurement: what this catches waits for the driver's own ten minutes, or for ever.
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("copy", true, false)]
    [InlineData("copy", false, false)]
    [InlineData("copy", true, true)]
    [InlineData("copy", false, true)]
    [InlineData("verify", true, false)]
    [InlineData("verify", false, false)]
    [InlineData("verify", true, true)]
    [InlineData("verify", false, true)]
    [InlineData("delta", true, false)]
    [InlineData("delta", false, false)]
    [InlineData("delta", true, true)]
    [InlineData("delta", false, true)]
    [InlineData("undo", false, false)]
    [InlineData("undo", false, true)]
    public async Task Step_NetworkFailsInTheMiddleOfAMessage_EndsAndGoesOnAfterwards(string step, bool isLegacy, bool cuts)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await using var undisturbed = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        foreach (var each in new[] { world, undisturbed })
            await each.LegacyDatabase.ExecuteAsync("update tblChat set content = repeat('long ', 2000) || chatId where channelId = 10");
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        await using var proxy = new FaultyProxy(() => isLegacy ? world.LegacyDatabase : world.NewDatabase);
        var (legacy, target) = isLegacy ? (Through(proxy, world.Legacy), world.New) : (world.Legacy, Through(proxy, world.New));
        var (plan, journal, other) = (await world.PlanAsync(), new MemoryJournal(), new MemoryJournal());
        await WholeRun.RunAsync(undisturbed, plan, other);
        IdAllocation? ids = null;
        if (step != "copy") ids = await WholeRun.RunAsync(legacy, target, plan, journal);
        if (step == "delta")
        {
            foreach (var each in new[] { world, undisturbed })
                await each.LegacyDatabase.ExecuteAsync("insert into tblChat select 10, i, 636000000000000000 + i, 3, false, repeat('late ', 2000) || i from generate_series(301, 600) i");
            await DeltaAsync(undisturbed, (await DeltaRun.PlanAsync(undisturbed, other)).Plan, other);
            plan = (await DeltaRun.PlanAsync(world, journal)).Plan;
        }

        using var stop = new CancellationTokenSource();
        // A delta first reads all that stands there, three megabytes, and writes as much.
        proxy.FailAfter(step == "delta" ? 4_000_000 : 400_000, cuts);
        var running = step switch
        {
            "copy" => CopyAsync(new BatchTransfer(legacy, target, journal, TimeProvider.System), plan, stop.Token),
            "delta" => CopyAsync(new BatchDelta(legacy, target, journal, TimeProvider.System), plan, stop.Token),
            "verify" => VerifyAsync(legacy, target, plan, ids!, stop.Token),
            _ => UndoAsync(target, journal, stop.Token),
        };
        await Eventually.TrueAsync(() => Task.FromResult(proxy.IsFaulty));
        if (cuts)
        {
            Assert.Equal(RefusalKind.Unavailable, (await running.WaitAsync(Watchdog))?.Kind);
        }
        else
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Watchdog));
        }

        proxy.Heal();
        // What the server still holds for a client that it cannot hear goes when its connection does.
        await world.NewDatabase.CutAsync();
        if (step == "undo")
        {
            Assert.Null(await UndoAsync(world.New, journal, CancellationToken.None));
            Assert.Equal(before, await ChatWorld.HashAsync(world.NewDatabase));
            return;
        }
        if (step == "delta") await DeltaAsync(world, plan, journal);
        else await WholeRun.RunAsync(world.Legacy, world.New, plan, journal);
        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Theory]
    [InlineData("pool", false)]
    [InlineData("pool", true)]
    [InlineData("links", false)]
    [InlineData("links", true)]
    public async Task Scan_NetworkFailsInTheMiddleOfAnAnswer_EndsAndReadsAllOfItAfterwards(string step, bool cuts)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await world.LegacyDatabase.ExecuteAsync("""
            insert into tblPrincipal select 1000 + i, gen_random_uuid(), 'sip:p' || i || '@contoso.com', repeat('long ', 50) || i, null, null, null, null, false, 5, 0, true, 1, 634000000000000000, 1, 634100000000000000, '2012-05-06 07:08:09' from generate_series(1, 5000) i;
            update tblChat set content = 'ma-filelink:' || chatId || repeat(' long', 2000) where channelId = 10
            """);
        var whole = ChatWorld.Done(await ScanAsync(step, world.Legacy, CancellationToken.None));
        await using var proxy = new FaultyProxy(() => world.LegacyDatabase);
        // Longer than a stop waits: then the call is left to itself.
        var legacy = Through(proxy, world.Legacy, cancelSeconds: 20);

        using var stop = new CancellationTokenSource();
        proxy.FailAfter(400_000, cuts);
        var scanning = ScanAsync(step, legacy, stop.Token);
        await Eventually.TrueAsync(() => Task.FromResult(proxy.IsFaulty));
        // That connection stays as it is; others pass, such as the one by which the driver cancels.
        proxy.Heal();
        if (cuts)
        {
            Assert.Equal(RefusalKind.Unavailable, (await scanning.WaitAsync(Watchdog)).Refusal?.Kind);
        }
        else
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scanning.WaitAsync(Watchdog));
        }

        Assert.True(whole > 0);
        Assert.Equal(whole, ChatWorld.Done(await ScanAsync(step, legacy, CancellationToken.None)));
    }

    [Theory]
    [InlineData("copy")]
    [InlineData("undo")]
    public async Task Write_TargetFallsSilentAndNobodyStops_EndsByItsTimeLimit_AndGoesOnWithoutDoubles(string step)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await using var undisturbed = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        foreach (var each in new[] { world, undisturbed })
            await each.LegacyDatabase.ExecuteAsync("update tblChat set content = repeat('long ', 2000) || chatId where channelId = 10");
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        await using var proxy = new FaultyProxy(() => world.NewDatabase);
        // The same limit holds for what comes before, which a busy machine does not always do within two seconds.
        var target = Through(proxy, world.New, seconds: 6);
        var (plan, journal) = (await world.PlanAsync(), new MemoryJournal());
        await WholeRun.RunAsync(undisturbed, plan, new MemoryJournal());
        if (step == "undo") await WholeRun.RunAsync(world.Legacy, world.New, plan, journal);

        proxy.FailAfter(400_000, cuts: false);
        var ended = await (step == "copy" ? CopyAsync(new BatchTransfer(world.Legacy, target, journal, TimeProvider.System), plan, CancellationToken.None) : UndoAsync(target, journal, CancellationToken.None)).WaitAsync(Watchdog);
        Assert.True(proxy.IsFaulty);
        Assert.Equal(RefusalKind.Unavailable, ended?.Kind);

        proxy.Heal();
        // What the server still holds for a client that it cannot hear goes when its connection does.
        await world.NewDatabase.CutAsync();
        if (step == "copy") await WholeRun.RunAsync(world.Legacy, world.New, plan, journal);
        else Assert.Null(await UndoAsync(world.New, journal, CancellationToken.None));
        Assert.Equal(step == "copy" ? await ChatWorld.HashAsync(undisturbed.NewDatabase) : before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    private static async Task<Refusal?> CopyAsync(BatchWriter writer, MigrationPlan plan, CancellationToken stop)
    {
        var held = await writer.AcquireAsync(stop);
        if (!held.IsDone) return held.Refusal;
        await using var run = held.Value;
        var prepared = await writer.PrepareAsync(plan, stop);
        if (!prepared.IsDone) return prepared.Refusal;
        foreach (var room in plan.Rooms)
            if (await writer.CopyRoomAsync(room, plan, prepared.Value, _ => { }, new CopyLimits { PageMessages = 100 }, stop) is { IsDone: false } refused) return refused.Refusal;
        return null;
    }

    private static async Task DeltaAsync(ChatWorld world, MigrationPlan plan, MemoryJournal journal)
    {
        var (_, rooms) = await DeltaRun.RunAsync(world.Legacy, world.New, plan, journal);
        foreach (var room in rooms.Values) ChatWorld.Done(room);
    }

    /// <returns>How many people, or links, there are.</returns>
    private static async Task<Outcome<long>> ScanAsync(string step, ChatDatabase legacy, CancellationToken stop)
    {
        if (step == "links") return await FileLinkReader.ReadAllAsync(legacy, _ => ValueTask.CompletedTask, stop);
        var pool = await ChatPoolReader.ReadAsync(legacy, null, stop);
        if (!pool.IsDone) return pool.Refusal;
        return (long)pool.Value.Principals.Count;
    }

    private static async Task<Refusal?> VerifyAsync(ChatDatabase legacy, ChatDatabase target, MigrationPlan plan, IdAllocation ids, CancellationToken stop)
    {
        foreach (var room in plan.Rooms)
            if (await RoomVerifier.VerifyAsync(legacy, target, room, plan, ids, stop) is { IsDone: false } refused) return refused.Refusal;
        return null;
    }

    private static async Task<Refusal?> UndoAsync(ChatDatabase target, MemoryJournal journal, CancellationToken stop)
    {
        var undo = new BatchUndo(target, journal);
        var preview = await undo.PreviewAsync(stop);
        if (!preview.IsDone) return preview.Refusal;
        var held = await undo.AcquireAsync(stop);
        if (!held.IsDone) return held.Refusal;
        await using var run = held.Value;
        return (await undo.RemoveAsync(preview.Value.Fingerprint, _ => { }, stop)).Refusal;
    }

    private static ChatDatabase Through(FaultyProxy proxy, ChatDatabase database, int seconds = 600, int cancelSeconds = 2) =>
        database with { ConnectionString = proxy.Through(database.ConnectionString, seconds, cancelSeconds) };
}
