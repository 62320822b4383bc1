using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Live;
using MigrationPortal.Runs.Working;
using MigrationPortal.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationPortal.Tests.Runs;

/// <summary>A stop ends the work on a run within a stated time, whatever hangs.</summary>
public sealed class StopLimitTests
{
    [Fact]
    public async Task Ends_WorkHangsInItsThread_IsGivenUpAfterTheLimit()
    {
        using var hangs = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var work = Task.Factory.StartNew(() => hangs.Wait(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var ends = StopLimit.EndsAsync(work, Task.CompletedTask, time);
        Assert.False(ends.IsCompleted);
        time.Advance(StopLimit.Limit);

        Assert.False(await ends);
        hangs.Set();
        await work;
        Assert.True(await StopLimit.EndsAsync(work, Task.CompletedTask, time));
    }

    [Fact]
    public async Task Stopped_WhatListensToTheTokenHangs_IsSeenAllTheSame()
    {
        await using var portal = await PortalApp.StartAsync();
        using var hangs = new ManualResetEventSlim();
        // There is no such run, so it does not run: as if it had been stopped.
        await using var signal = new RunStopSignal(
            999, new CopyLimits(), new RoomGate(1), portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<LiveFeed>(), TimeProvider.System, CancellationToken.None);
        await using var registration = signal.Token.UnsafeRegister(_ => hangs.Wait(), null);

        await signal.Stopped.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);

        hangs.Set();
        Assert.True(signal.Token.IsCancellationRequested);
    }
}
