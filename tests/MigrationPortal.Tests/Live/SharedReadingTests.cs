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

    private Task<int> ReadAsync() => _shared.ReadAsync("a", () => Task.FromResult(Interlocked.Increment(ref _reads)), CancellationToken.None);
}
