using MigrationPortal.Api;
using MigrationPortal.Lists;

namespace MigrationPortal.Tests.Lists;

public sealed class RowsInPagesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(2500, 3)]
    public async Task Read_OfAnyLength_GivesEachRowOnceInAsFewPagesAsThereAre(int rows, int pages)
    {
        var asked = new List<Paging>();
        var all = await RowsInPages.ReadAsync(x =>
        {
            asked.Add(x);
            return Task.FromResult(new Page<int>(rows, [.. Enumerable.Range(0, rows).Skip(x.Skip).Take(x.Take)]));
        }).ToListAsync();

        Assert.Equal(Enumerable.Range(0, rows), all);
        Assert.Equal(pages, asked.Count);
    }

    [Fact]
    public async Task Read_OfAListThatShrinksMeanwhile_Ends()
    {
        var all = await RowsInPages.ReadAsync(x => Task.FromResult(new Page<int>(5000, x.Skip == 0 ? [1] : []))).ToListAsync();

        Assert.Equal([1], all);
    }
}
