using MigrationPortal.Api;

namespace MigrationPortal.Tests.Api;

public sealed class PagingTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(50, 0, 0)]
    [InlineData(7, 20, 7)]
    [InlineData(50, 51, 50)]
    [InlineData(50, 50, 0)]
    [InlineData(9999, 120, 100)]
    [InlineData(int.MaxValue, 120, 100)]
    public async Task Read_APagePastTheEnd_GivesTheLastOneThatHasRows(int skip, int total, int shown)
    {
        var (page, before) = await new Paging(skip, 50).ReadAsync(
            x => Task.FromResult(new Page<int>(total, [.. Enumerable.Range(0, total).Skip(x.Skip).Take(x.Take)])), x => x.Total);
        Assert.Equal((shown, Math.Min(50, total - shown)), (before, page.Items.Count));
        Assert.All(page.Items.Take(1), x => Assert.Equal(shown, x));
    }

    [Fact]
    public void Of_TheLargestNumber_LeavesRoomForThePagesBehindIt() =>
        Assert.True(Paging.Of(int.MaxValue, Paging.MaxTake) is var paging && (long)paging.Skip + (2 * paging.Take) <= int.MaxValue);
}
