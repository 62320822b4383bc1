using System.Text;
using MigrationPortal.Presence;

namespace MigrationPortal.Tests.Presence;

public sealed class PresenceMessageTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_AnyNumberOfPeople_FitsTheDatabasesPayloadsAndReadsBack()
    {
        // Of the widest characters, and longer than what is kept of them.
        var changes = Enumerable.Range(1, 500)
            .Select(i => new PresenceChange(i, i % 7 == 0 ? null : new(new string('漢', 300), $"\u0001\"{string.Concat(Enumerable.Repeat("𐍈", 150))}", $"batch:{long.MaxValue}", PresenceField.Comment, Since, true)))
            .ToList();

        var payloads = PresenceMessage.Write(new string('n', 110), PresenceKind.Snapshot, changes);

        Assert.All(payloads, x => Assert.True(Encoding.UTF8.GetByteCount(x) <= PresenceMessage.MostBytes, $"{Encoding.UTF8.GetByteCount(x)}"));
        var read = payloads.Select(x => PresenceMessage.Read(x)!).ToList();
        Assert.Equal(changes.Select(x => (x.Id, x.Entry is null)), read.SelectMany(x => x.Changes).Select(x => (x.Id, x.Entry is null)));
        Assert.Equal((1, 1), (read.Count(x => x.IsFirst), read.Count(x => x.IsLast)));
        Assert.True(read[0].IsFirst && read[^1].IsLast);
    }

    [Fact]
    public void Write_200CircuitsOfOrdinaryPeople_AreThreePayloadsAtMost()
    {
        var changes = Enumerable.Range(1, 200).Select(i => new PresenceChange(i, new($"CONTOSO\\person{i}", $"Person Number {i}", $"batch:{i}", null, Since, false))).ToList();

        Assert.InRange(PresenceMessage.Write("web1-4711-0123456789abcdef0123456789abcdef", PresenceKind.Snapshot, changes).Count, 2, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("web1|batch:12")]
    [InlineData("{}")]
    [InlineData("""{"n":"web1","e":[{"i":"x"}]}""")]
    [InlineData("[1,2]")]
    public void Read_WhatAnotherVersionMaySay_IsNothing(string payload) => Assert.Null(PresenceMessage.Read(payload));

    [Fact]
    public void Read_TimeOutOfRange_IsClamped() =>
        Assert.Equal(9999, PresenceMessage.Read("""{"n":"web1","e":[{"i":1,"p":"anna","s":"batch:1","t":9223372036854775807}]}""")!.Changes[0].Entry!.Since.Year);
}
