using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Live;

namespace MigrationPortal.Tests.Live;

public sealed class SharedReadingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveFeed _feed;
    private readonly SharedReading<int> _shared;
    private int _reads;

    public SharedReadingTests()
    {
        _feed = new(_time, NullLogger<LiveFeed>.Instance);
        _shared = new(_feed, _time);
    }

    [Fact]
    public async Task Read_ByManyAtOnce_ReadsOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ReadAsync()));

        Assert.All(answers, x => Assert.Equal(1, x));
    }

    [Theory]
    [InlineData("batch:12", 2)]
    [InlineData("reviews", 2)]
    [InlineData("run:7", 1)]
    [InlineData("scan:contoso", 1)]
    [InlineData("pair:contoso", 1)]
    public async Task Read_AfterNews_ReadsAgainWhereAStateMayHaveChanged(string topic, int reads)
    {
        await ReadAsync();
        _feed.Deliver(topic);

        Assert.Equal(reads, await ReadAsync());
    }

    [Fact]
    public async Task Read_NewsWereLost_ReadsAgainAfterTwoSeconds()
    {
        await ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(1, await ReadAsync());

        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(2, await ReadAsync());
    }

    [Fact]
    public async Task Read_ReadingFailed_IsTriedByTheNext()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _shared.ReadAsync("a", () => Task.FromException<int>(new InvalidOperationException()), CancellationToken.None));

        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task Read_WithoutATimeToKeepIt_IsSharedWhileItGoesOnAndNotAfter()
    {
        var shared = new SharedReading<int>(() => _feed.Version, TimeSpan.Zero, _time);
        var first = new TaskCompletionSource<int>();
        Task<int> ReadAsync(Func<Task<int>> read) => shared.ReadAsync("a", read, CancellationToken.None);
        var (one, other) = (ReadAsync(() => first.Task), ReadAsync(() => Task.FromResult(2)));
        first.SetResult(1);

        Assert.Equal((1, 1), (await one, await other));
        Assert.Equal(2, await ReadAsync(() => Task.FromResult(2)));
        var hung = ReadAsync(() => new TaskCompletionSource<int>().Task);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(3, await ReadAsync(() => Task.FromResult(3)));
        Assert.False(hung.IsCompleted);
    }

    private Task<int> ReadAsync() => _shared.ReadAsync("a", () => Task.FromResult(Interlocked.Increment(ref _reads)), CancellationToken.None);
}
