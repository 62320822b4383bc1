using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>A new speed acts at once, whatever was begun at the old one.</summary>
public sealed class CopyLimitsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Wait_PageWasBegunAtAHigherSpeed_TakesASecondAtMost()
    {
        var limits = new CopyLimits { MessagesPerSecond = 10 };

        var wait = limits.WaitAsync(20_000, _time, CancellationToken.None);
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await wait.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }

    [Fact]
    public async Task Wait_SpeedIsRaised_WakesEverybodyWhoSleeps()
    {
        var limits = new CopyLimits { MessagesPerSecond = 1 };
        var waits = Enumerable.Range(0, 8).Select(_ => limits.WaitAsync(1, _time, CancellationToken.None)).ToList();
        Assert.All(waits, x => Assert.False(x.IsCompleted));

        limits.MessagesPerSecond = 100_000;

        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }

    [Fact]
    public void PageSize_SpeedIsLowered_IsThatOfTheNewSpeedFromTheNextMessageOn()
    {
        var limits = new CopyLimits();
        Assert.Equal(20_000, limits.PageSize);

        limits.MessagesPerSecond = 5;

        Assert.Equal(5, limits.PageSize);
        Assert.Equal(5, limits.MessagesPerSecond);
    }

    [Fact]
    public async Task Wait_Stopped_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var wait = new CopyLimits { MessagesPerSecond = 1 }.WaitAsync(1, _time, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
