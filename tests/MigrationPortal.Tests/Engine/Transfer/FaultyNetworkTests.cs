using System.Net.Sockets;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using Npgsql;

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
    [InlineData("verify", false, true)]
    [InlineData("undo", false, false)]
    [InlineData("undo", false, true)]
    public async Task Step_NetworkFailsInTheMiddleOfAMessage_EndsAndGoesOnAfterwards(string step, bool isLegacy, bool cuts)
    {
        await using var world = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        await using var undisturbed = await ChatWorld.CreateAsync(ServerKind.PostgreSql);
        foreach (var each in new[] { world, undisturbed })
            await each.LegacyDatabase.ExecuteAsync("update tblChat set content = repeat('long ', 2000) || chatId where channelId = 10");
        var before = await ChatWorld.HashAsync(world.NewDatabase);
        await using var proxy = new FaultyProxy(() => ConnectAsync(isLegacy ? world.LegacyDatabase : world.NewDatabase));
        var (legacy, target) = isLegacy ? (Through(proxy, world.Legacy), world.New) : (world.Legacy, Through(proxy, world.New));
        var (plan, journal) = (await world.PlanAsync(), new MemoryJournal());
        await WholeRun.RunAsync(undisturbed, plan, new MemoryJournal());
        IdAllocation? ids = null;
        if (step != "copy") ids = await WholeRun.RunAsync(legacy, target, plan, journal);

        using var stop = new CancellationTokenSource();
        proxy.FailAfter(400_000, cuts);
        var running = step switch
        {
            "copy" => CopyAsync(legacy, target, plan.Rooms, plan, journal, stop.Token),
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
        await WholeRun.RunAsync(world.Legacy, world.New, plan, journal);
        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(world.NewDatabase));
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
        await using var proxy = new FaultyProxy(() => ConnectAsync(world.NewDatabase));
        // The same limit holds for what comes before, which a busy machine does not always do within two seconds.
        var target = Through(proxy, world.New, seconds: 6);
        var (plan, journal) = (await world.PlanAsync(), new MemoryJournal());
        await WholeRun.RunAsync(undisturbed, plan, new MemoryJournal());
        if (step == "undo") await WholeRun.RunAsync(world.Legacy, world.New, plan, journal);

        proxy.FailAfter(400_000, cuts: false);
        var ended = await (step == "copy" ? CopyAsync(world.Legacy, target, plan.Rooms, plan, journal, CancellationToken.None) : UndoAsync(target, journal, CancellationToken.None)).WaitAsync(Watchdog);
        Assert.True(proxy.IsFaulty);
        Assert.Equal(RefusalKind.Unavailable, ended?.Kind);

        proxy.Heal();
        // What the server still holds for a client that it cannot hear goes when its connection does.
        await world.NewDatabase.CutAsync();
        if (step == "copy") await WholeRun.RunAsync(world.Legacy, world.New, plan, journal);
        else Assert.Null(await UndoAsync(world.New, journal, CancellationToken.None));
        Assert.Equal(step == "copy" ? await ChatWorld.HashAsync(undisturbed.NewDatabase) : before, await ChatWorld.HashAsync(world.NewDatabase));
    }

    private static async Task<Refusal?> CopyAsync(
        ChatDatabase legacy, ChatDatabase target, IEnumerable<MigrationPortal.Engine.Planning.PlannedRoom> rooms, MigrationPortal.Engine.Planning.MigrationPlan plan, MemoryJournal journal, CancellationToken stop)
    {
        var transfer = new BatchTransfer(legacy, target, journal, TimeProvider.System);
        var held = await transfer.AcquireAsync(stop);
        if (!held.IsDone) return held.Refusal;
        await using var run = held.Value;
        var prepared = await transfer.PrepareAsync(plan, stop);
        if (!prepared.IsDone) return prepared.Refusal;
        foreach (var room in rooms)
            if (await transfer.CopyRoomAsync(room, plan, prepared.Value, _ => { }, new CopyLimits { PageMessages = 100 }, stop) is { IsDone: false } refused) return refused.Refusal;
        return null;
    }

    private static async Task<Refusal?> VerifyAsync(ChatDatabase legacy, ChatDatabase target, MigrationPortal.Engine.Planning.MigrationPlan plan, IdAllocation ids, CancellationToken stop)
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

    private static ChatDatabase Through(FaultyProxy proxy, ChatDatabase database, int seconds = 600) => database with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port, SslMode = SslMode.Disable, CommandTimeout = seconds }.ConnectionString,
    };

    private static async Task<Stream> ConnectAsync(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var isLocal = settings.Host!.StartsWith('/');
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(isLocal ? new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}") : new System.Net.DnsEndPoint(settings.Host, settings.Port));
        return new NetworkStream(socket, ownsSocket: true);
    }
}
