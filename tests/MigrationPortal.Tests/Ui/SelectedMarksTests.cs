using MigrationPortal.Ui.Typing;

namespace MigrationPortal.Tests.Ui;

public sealed class SelectedMarksTests
{
    [Fact]
    public void Marks_WrittenAndRead_AreTheSame_WithoutThoseThatAreNone()
    {
        var text = SelectedMarks.Write(new Dictionary<long, string?> { [7] = "ab", [5] = "ab", [6] = "cd", [9] = null });
        Assert.Equal("ab:5,2;cd:6", text);
        Assert.Equal([(5, "ab"), (6, "cd"), (7, "ab")], SelectedMarks.Read(text, [5, 6, 7, 9]).OrderBy(x => x.Key).Select(x => (x.Key, x.Value)));
        Assert.Equal([6L], SelectedMarks.Read(text, [6]).Keys);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a:b:c")]
    public void Marks_ThatAreNone_AreNothing(string? text) => Assert.Empty(SelectedMarks.Read(text, [1, 2]));

    [Fact]
    public void Marks_OfMoreThanTheBrowserKeeps_LeaveSomeOut()
    {
        var text = SelectedMarks.Write(Enumerable.Range(1, 5000).Select(x => KeyValuePair.Create((long)x, (string?)$"{x:x16}")));
        Assert.InRange(text.Length, 29_000, 30_000);
        Assert.InRange(SelectedMarks.Read(text, [.. Enumerable.Range(1, 5000).Select(x => (long)x)]).Count, 1000, 4999);
    }
}
