using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Live;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Runs.Working;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs;

/// <summary>How long a run goes on at its old speed, by a clock that the test moves: from the request on, no page begins at it.</summary>
public sealed class SpeedDelayTests
{
    private const int Before = 100, After = 10;

    // Two seconds are promised, of which a page that was begun may sleep for one (CopyLimitsTests).
    private static readonly TimeSpan Hears = TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(1);

    private static readonly Caller _olga = new("olga", "olga", new HashSet<Role> { Role.Operator });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Throttle_WhileItCopies_NextPageIsOfTheNewSpeedEvenIfTheNewsIsLost(bool isHeard)
    {
        await using var world = await BatchWorld.StartAsync();
        await using var chat = await ChatWorld.CreateAsync();
        var batch = await world.CreateAsync(BatchWorld.Petra, "Wave 1", "Desk");
        var run = await RunningAsync(world, batch);
        var time = new SleepersTime();
        // Of another node's request a run hears only over the database.
        var feed = isHeard ? world.Get<LiveFeed>() : new LiveFeed(time, NullLogger<LiveFeed>.Instance);
        using var stop = new CancellationTokenSource();
        var limits = new CopyLimits { MessagesPerSecond = Before };
        await using var signal = new RunStopSignal(run, limits, new RoomGate(1), world.Get<IDbContextFactory<PortalDbContext>>(), feed, time, stop.Token);
        var asks = time.Sleepers;
        var journal = new MemoryJournal();
        var copying = CopyAsync(chat, journal, limits, time, signal.Token);
        await Eventually.TrueAsync(() => Task.FromResult(time.Sleepers == asks + 1));

        BatchWorld.Done(await world.Get<ThrottleRunHandler>().HandleAsync(new ThrottleRun(batch, After), _olga, CancellationToken.None));
        if (!isHeard)
            time.Advance(Hears);

        await Eventually.TrueAsync(() => Task.FromResult(time.Sleepers == asks + 2));
        Assert.Equal([Before, After], journal.Pages.Select(x => x.Page.Count));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
    }

    private static async Task<long> RunningAsync(BatchWorld world, long batch)
    {
        await using var db = world.Database.OpenPortal();
        var run = new Run { BatchId = batch, PlanId = 0, State = RunState.Running, StartedBy = "olga", StartedAt = DateTimeOffset.UnixEpoch, MessagesPerSecond = Before };
        db.Add(run);
        await db.SaveChangesAsync();
        return run.Id;
    }

    private static async Task CopyAsync(ChatWorld chat, MemoryJournal journal, CopyLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = await chat.PlanAsync();
        var transfer = new BatchTransfer(chat.Legacy, chat.New, journal, time);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(cancellationToken));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, cancellationToken));
        ChatWorld.Done(await transfer.CopyRoomAsync(plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General)), plan, ids, _ => { }, limits, cancellationToken));
    }

    /// <summary>Counts who began to wait for it, those who woke up again included.</summary>
    private sealed class SleepersTime : FakeTimeProvider
    {
        private int _sleepers;

        public int Sleepers => Volatile.Read(ref _sleepers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _sleepers);
            return timer;
        }
    }
}
