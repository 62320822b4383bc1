using MigrationPortal.Tests.Shared;
using MigrationPortal.Ui.Typing;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Ui;

public sealed class SelectedIdsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("", new long[0])]
    [InlineData("5", new long[] { 5 })]
    [InlineData("5+2,2", new long[] { 9, 6, 5, 7 })]
    public void Write_OfIds_IsTheirDistances(string text, long[] ids)
    {
        Assert.Equal(text, SelectedIds.Write(ids));
        Assert.Equal(ids.Order(), SelectedIds.Read(text));
    }

    [Fact]
    public void Read_WhatWasWrittenOfARandomSelection_IsTheSame()
    {
        var random = new Random(TestSeed.Draw(output));
        for (var round = 0; round < 200; round++)
        {
            var ids = Enumerable.Range(0, random.Next(300)).Select(_ => random.NextInt64(1, round < 100 ? 400 : long.MaxValue / 2)).Distinct().ToList();
            Assert.Equal(ids.Order(), SelectedIds.Read(SelectedIds.Write(ids)));
        }
    }

    [Fact]
    public void Write_OfEveryRoomOfALargePool_IsShort_AndOfMoreThanAnyPoolHasIsNothing()
    {
        Assert.Equal("1000+31396", SelectedIds.Write(Enumerable.Range(1000, 31_397).Select(x => (long)x)));
        Assert.Equal("", SelectedIds.Write(Enumerable.Range(500, 250_000).Select(x => 2L * x)));
    }

    [Fact]
    public void Write_OfAnySelectionOfALargePool_FitsAMessageOfABrowser()
    {
        var random = new Random(TestSeed.Draw(output));
        for (var round = 0; round < 40; round++)
        {
            // Other pools may have been scanned in between, so that ids of neighbors lie apart.
            var (share, gap) = (random.NextDouble(), random.Next(1, 200));
            var ids = Enumerable.Range(0, 33_077).Where(_ => random.NextDouble() < share).Select(x => 1_000_000L + (x * gap)).ToList();
            var text = SelectedIds.Write(ids);
            Assert.InRange(text.Length, ids.Count == 0 ? 0 : 1, 30_000);
            Assert.Equal(ids, SelectedIds.Read(text));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("-5")]
    [InlineData("5+x")]
    [InlineData("1+2000000000")]
    [InlineData("1,1+2147483647")]
    [InlineData("99999999999999999999")]
    [InlineData("~")]
    [InlineData("~5+2,2")]
    [InlineData("~AAAAAAAAAAAAAAAA")]
    public void Read_OfAnotherText_IsNothing(string? text) => Assert.Empty(SelectedIds.Read(text));
}
