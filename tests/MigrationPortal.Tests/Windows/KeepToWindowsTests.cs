using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows;
using MigrationPortal.Windows.Pausing;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Windows;

public sealed class KeepToWindowsTests
{
    private static readonly Window _never = SetWindowsTests.Always with { Effect = WindowEffect.Deny };

    [Fact]
    public async Task WindowEnds_PauseNow_PausesAndTheNextOneResumes()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.General), TimeProvider.System.GetUtcNow());
        var run = (await world.StartAsync(id)).RunId;
        await ScheduleTests.SetWindowsAsync(world, [_never], WindowEnd.PauseNow);
        // The portal's own sweep may have been faster.
        Assert.True((await ListAsync(world, now)).Contains(id) || (await world.RunAsync(run)).State == RunState.Paused);

        await KeepAsync(world, id, now);

        Assert.Equal((RunState.Paused, PauseCause.Window), Cause(await world.RunAsync(run)));
        await ScheduleTests.SetWindowsAsync(world, []);
        Assert.True((await ListAsync(world, now)).Contains(id) || (await world.RunAsync(run)).State == RunState.Running);
        await KeepAsync(world, id, now);
        Assert.Equal((RunState.Running, null), Cause(await world.RunAsync(run)));
        await world.Portal.Get<CancelRunHandler>().HandleAsync(id, world.Operator, CancellationToken.None);
        await world.EndAsync(run);
    }

    [Fact]
    public async Task WindowEnds_FinishRooms_NoFurtherRoomBegins()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"), ("Runs:ParallelTransfers", "1"));
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        var run = (await world.StartAsync(id)).RunId;
        await Eventually.TrueAsync(async () => (await world.TransfersAsync(run)).Any(x => x.State == TransferState.Copying));
        await ScheduleTests.SetWindowsAsync(world, [_never]);

        await KeepAsync(world, id, now);
        Assert.NotNull((await world.RunAsync(run)).ClosesAt);
        await world.Portal.Get<ThrottleRunHandler>().HandleAsync(new ThrottleRun(id, null), world.Operator, CancellationToken.None);
        var paused = await world.UntilAsync(run, RunState.Paused, RunState.Completed, RunState.Failed);

        Assert.Equal((RunState.Paused, PauseCause.Window), Cause(paused));
        Assert.Equal([true, false], (await world.TransfersAsync(run)).OrderBy(x => x.Ordinal).Select(x => x.State.IsDone()));
        await ScheduleTests.SetWindowsAsync(world, []);
        await KeepAsync(world, id, now);
        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
    }

    [Fact]
    public async Task WindowOpensAgain_WhileTheLastRoomIsFinished_RoomsThatWerePassedOverAreMoved()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "4"), ("Runs:ParallelTransfers", "2"));
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Secret), TimeProvider.System.GetUtcNow());
        var run = (await world.StartAsync(id)).RunId;
        await Eventually.TrueAsync(async () => (await world.TransfersAsync(run)).Any(x => x.State == TransferState.Copying));
        await ScheduleTests.SetWindowsAsync(world, [_never]);
        await KeepAsync(world, id, now);
        await Eventually.IsAsync(() => world.TransfersAsync(run), all => all.Any(x => x.State.IsDone()) && all.Any(x => x.State == TransferState.Copying));
        Assert.Contains(await world.TransfersAsync(run), x => x.State == TransferState.Pending);

        await ScheduleTests.SetWindowsAsync(world, []);
        await KeepAsync(world, id, now);
        Assert.Null((await world.RunAsync(run)).ClosesAt);
        await world.Portal.Get<ThrottleRunHandler>().HandleAsync(new ThrottleRun(id, null), world.Operator, CancellationToken.None);

        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        Assert.All(await world.TransfersAsync(run), x => Assert.True(x.State.IsDone(), $"{x.RoomName} is {x.State}"));
    }

    [Fact]
    public async Task WindowsSetDuringTheRun_LastOfThemLongOver_RoomsMayFinishAllTheSame()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "1"));
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.General), TimeProvider.System.GetUtcNow());
        var run = (await world.StartAsync(id)).RunId;
        TimeOnly At(int hours) => new(now.AddHours(hours).Hour, 0);
        await ScheduleTests.SetWindowsAsync(world, [new Window { Name = "hours ago", Weekdays = [.. Enum.GetValues<DayOfWeek>()], From = At(-4), To = At(-2), Zone = "Etc/UTC" }]);

        await KeepAsync(world, id, now.AddMinutes(1));

        var kept = await world.RunAsync(run);
        Assert.Equal(RunState.Running, kept.State);
        Assert.True(kept.ClosesAt > now.AddMinutes(20), $"closes at {kept.ClosesAt:O}, now {now:O}");
    }

    [Fact]
    public async Task WindowEnds_RoomsNotFinishedAfterHalfAnHour_PausesAllTheSame()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "1"));
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.General), TimeProvider.System.GetUtcNow());
        var run = (await world.StartAsync(id)).RunId;
        await ScheduleTests.SetWindowsAsync(world, [_never]);
        await KeepAsync(world, id, now);

        await KeepAsync(world, id, now.AddMinutes(31));

        Assert.Equal((RunState.Paused, PauseCause.Window), Cause(await world.RunAsync(run)));
    }

    [Fact]
    public async Task PausedByAPerson_WindowOpens_StaysPaused()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.General), TimeProvider.System.GetUtcNow());
        var run = (await world.StartAsync(id)).RunId;
        await ScheduleTests.SetWindowsAsync(world, [_never], WindowEnd.PauseNow);
        await KeepAsync(world, id, now);
        var pause = world.Portal.Get<PauseRunHandler>();
        Done(await pause.HandleAsync(id, world.Operator, CancellationToken.None));
        Refused(await pause.HandleAsync(id, world.Operator, CancellationToken.None), "wrong-state");
        await ScheduleTests.SetWindowsAsync(world, []);

        Assert.Empty(await ListAsync(world, now));
        await KeepAsync(world, id, now);

        Assert.Equal((RunState.Paused, PauseCause.Person), Cause(await world.RunAsync(run)));
    }

    private static (RunState, PauseCause?) Cause(RunView run) => (run.State, run.PauseCause);

    private static Task KeepAsync(RunWorld world, long id, DateTimeOffset at) =>
        ActivatorUtilities.CreateInstance<KeepToWindowsHandler>(world.Portal.Services, new FakeTimeProvider(at)).HandleAsync(id, CancellationToken.None);

    private static Task<IReadOnlyList<long>> ListAsync(RunWorld world, DateTimeOffset at) =>
        ActivatorUtilities.CreateInstance<RunsInWindows>(world.Portal.Services, new FakeTimeProvider(at)).ListAsync(CancellationToken.None);
}
