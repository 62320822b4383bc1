using MigrationPortal.Rooms.Viewing;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class MessageBarTests
{
    private static readonly DateOnly March = new(2016, 3, 1);

    [Fact]
    public void Months_WithAGap_HasOneForEachMonthAndMarksTheWrongOne()
    {
        RoomDay[] days = [new(March, 3, 3, 1), new(March.AddDays(13), 13, 12, 4), new(March.AddMonths(2), 2, 2, 17)];
        Assert.Equal(
            [new MessageBar(March, 16, 15, true), new MessageBar(March.AddMonths(1), 0, 0, false), new MessageBar(March.AddMonths(2), 2, 2, false)],
            MessageBar.Months(days));
        Assert.Equal(31, MessageBar.Days(days, March).Count);
        Assert.Equal(-1, MessageBar.Days(days, March).Single(x => x.IsWrong).Difference);
    }

    [Fact]
    public void Months_WithADateCenturiesBefore_HasThoseWithMessagesAlone()
    {
        RoomDay[] days = [new(new(16, 5, 1), 1, 1, 1), new(March, 3, 3, 2)];
        Assert.Equal([new(16, 5, 1), March], MessageBar.Months(days).Select(x => x.At));
    }

    [Fact]
    public void WrongDays_CopyUnderWayOrPostsSince_AreNoDifference()
    {
        // The new room ends where the copy is; a day in the middle of it is not compared yet.
        Assert.Empty(MessageBar.WrongDays([new(March, 5, 5, 1), new(March.AddDays(1), 5, 2, 6), new(March.AddDays(2), 5, 0, 11)]));
        Assert.Empty(MessageBar.WrongDays([new(March, 5, 5, 1), new(March.AddDays(1), 2, 4, 6), new(March.AddDays(2), 0, 9, 8)]));
        Assert.Equal([2], MessageBar.WrongDays([new(March, 5, 5, 1), new(March.AddDays(1), 0, 1, 2), new(March.AddDays(2), 1, 1, 7)]).Select(x => (int)x.FirstChatId));
        Assert.Empty(MessageBar.WrongDays([new(March, 5, 0, 1)]));
    }
}
