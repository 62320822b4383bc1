using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Tests.Runs.Watching;

/// <summary>Which rooms of a run a page shows, in which order, and what keeps its place.</summary>
public sealed class RunRowsTests
{
    private static readonly RunWindow _all = new(null, null, null, null, 50, 50, 50);

    [Fact]
    public void Of_RoomsInEveryState_GroupsThemAndCountsWhatItDoesNotShow()
    {
        var rows = RunRows.Of(
            [
                Line(0, TransferState.Pending, total: 900), Line(1, TransferState.Preparing, total: 800), Line(2, TransferState.Copying, copied: 10), Line(3, TransferState.Verifying),
                Line(4, TransferState.Done, grade: Grade.Perfect), Line(5, TransferState.DoneWithFindings, grade: Grade.Poor), Line(6, TransferState.Failed), Line(7, TransferState.Skipped),
            ],
            _all with { Waiting = 1 });

        Assert.Equal(
            [(RunGroup.Failed, 1, "6"), (RunGroup.Skipped, 1, "7"), (RunGroup.Moving, 2, "2 3"), (RunGroup.Waiting, 2, "0"), (RunGroup.Done, 2, "5 4")],
            rows.Groups.Select(x => (x.Group, x.Count, string.Join(' ', x.Lines.Select(line => line.Ordinal)))));
        Assert.Equal(1_700, rows.Groups.Single(x => x.Group == RunGroup.Waiting).Messages);
        Assert.Equal([(Grade.Perfect, 1), (Grade.Poor, 1)], rows.ByGrade.OrderBy(x => x.Key).Select(x => (x.Key, x.Value)));
    }

    [Fact]
    public void Of_UndoneRooms_AreNotAmongTheDoneOnes_AndStayWhatTheRunDid()
    {
        TransferLine[] lines = [Line(0, TransferState.Undone, grade: Grade.Perfect), Line(1, TransferState.Undone)];

        Assert.Equal([(RunGroup.Undone, 2)], RunRows.Of(lines, _all).Groups.Select(x => (x.Group, x.Count)));
        var totals = RunTotals.Of(lines);
        Assert.Equal((2, 1, 2), (totals.Rooms, totals.Proven, totals.Undone));
    }

    [Fact]
    public void Of_AWindow_KeepsToItsSearchGroupAndGrade()
    {
        TransferLine[] lines = [Line(0, TransferState.Pending), Line(1, TransferState.Done, grade: Grade.Good), Line(11, TransferState.Done, grade: Grade.Poor)];

        Assert.Equal([1, 11], Ordinals(RunRows.Of(lines, _all with { Search = "ROOM 1" })).Order());
        Assert.Equal([0], Ordinals(RunRows.Of(lines, _all with { Only = RunGroup.Waiting })));
        Assert.Equal([11], Ordinals(RunRows.Of(lines, _all with { Grade = Grade.Poor })));
        Assert.Equal([], Ordinals(RunRows.Of(lines, _all with { Search = "nobody" })));
    }

    [Theory]
    [InlineData("Caf\u00e9", "Cafe\u0301", true)]
    [InlineData("Cafe\u0301 one", "CAF\u00c9", true)]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος", true)]
    [InlineData("STRA\u1e9eE", "stra\u00dfe", true)]
    [InlineData("Room 1", "  room ", true)]
    [InlineData("Room 1", "  ", true)]
    [InlineData("Caf\u00e9", "cafe", false)]
    [InlineData("100", "%", false)]
    [InlineData("100%", "0%", true)]
    [InlineData("score", "_", false)]
    [InlineData("under_score", "R_S", true)]
    [InlineData("a/b", @"\", false)]
    [InlineData(@"a\b", @"A\B", true)]
    public void Finds_WhatWasTyped_AsTheFileOfTheSameListDoes(string name, string typed, bool isFound) =>
        Assert.Equal(isFound, (_all with { Search = typed }).Finds(Line(0, TransferState.Pending) with { RoomName = name }));

    [Fact]
    public void Finds_ANameThatCannotBeComposed_IsComparedAllTheSame() =>
        Assert.True((_all with { Search = "room" }).Finds(Line(0, TransferState.Pending) with { RoomName = "Room\uFFFE" }));

    [Fact]
    public void Of_RoomsThatFailedForSeveralReasons_CountsEachReasonAndKeepsToTheChosenOne()
    {
        TransferLine[] lines = [Failed(0, "room-changed"), Failed(1, "room-changed"), Failed(2, "rooms-taken"), Line(3, TransferState.Done)];

        var rows = RunRows.Of(lines, _all with { Failure = "room-changed" });

        Assert.Equal([("room-changed", 2), ("rooms-taken", 1)], rows.Failures.Select(x => (x.Key, x.Rooms)));
        Assert.Equal([0, 1], Ordinals(rows));
        Assert.Equal(2, rows.Count);

        static TransferLine Failed(int ordinal, string reason) => Line(ordinal, TransferState.Failed) with { Error = new MigrationPortal.Engine.Wording(reason, $"Room {ordinal}") };
    }

    [Fact]
    public void With_NewsOfTheSameRooms_ChangesCellsAndKeepsTheOrder()
    {
        var shown = RunRows.Of([Line(0, TransferState.Pending, total: 9), Line(1, TransferState.Pending, total: 8)], _all);
        var now = RunRows.Of([Line(0, TransferState.Done, total: 9, grade: Grade.Perfect), Line(1, TransferState.Pending, total: 8)], _all);

        Assert.False(now.HasOrderOf(shown));
        var held = shown.With(now);
        Assert.True(held.HasOrderOf(shown));
        Assert.Equal([TransferState.Done, TransferState.Pending], held.Groups.SelectMany(x => x.Lines).Select(x => x.State));
    }

    [Fact]
    public void With_ARoomThatIsKeptAmongTheWaitingAndMovesAlready_ShowsWhatIsNewest()
    {
        var shown = RunRows.Of([Line(0, TransferState.Pending, total: 9), Line(1, TransferState.Pending, total: 8)], _all);
        var now = RunRows.Of([Line(0, TransferState.Copying, copied: 3, total: 9) with { Revision = 1 }, Line(1, TransferState.Pending, total: 8), Line(2, TransferState.Pending, total: 7)], _all).WithWaiting(shown);

        var held = shown.With(now);
        Assert.True(held.HasOrderOf(shown));
        Assert.Equal([3L, 0L], held.Groups.Single(x => x.Group == RunGroup.Waiting).Lines.Select(x => x.CopiedMessageCount));
    }

    [Fact]
    public void Of_APageOfAGroup_HasTheRoomsBehindThoseBefore_AndTheLastPageWhereTheGroupEndsEarlier()
    {
        TransferLine[] lines = [.. Enumerable.Range(0, 120).Select(x => Line(x, x < 60 ? TransferState.Pending : TransferState.Done))];

        var rows = RunRows.Of(lines, _all with { Skips = new(0, 0, 50, 500) });
        Assert.Equal(
            [(RunGroup.Waiting, 60, 50, 10, 50), (RunGroup.Done, 60, 50, 10, 110)],
            rows.Groups.Select(x => (x.Group, x.Count, x.Skip, x.Lines.Count, x.Lines[0].Ordinal)));
        Assert.All(RunRows.Of(lines, _all with { Waiting = 0, Done = 0, Skips = new(0, 0, 50, 50) }).Groups, x => Assert.Equal((60, 0, 0), (x.Count, x.Skip, x.Lines.Count)));
    }

    [Fact]
    public void WithWaiting_OfALaterPage_KeepsItsRowsWhileTheGroupReachesThem()
    {
        var window = _all with { Skips = new(0, 0, 50, 0) };
        TransferLine[] lines = [.. Enumerable.Range(0, 120).Select(x => Line(x, TransferState.Pending))];
        var shown = RunRows.Of(lines, window);

        Assert.Equal(Enumerable.Range(50, 50), Ordinals(RunRows.Of(lines[10..], window).WithWaiting(shown)));
        Assert.Equal(Enumerable.Range(80, 40), Ordinals(RunRows.Of(lines[30..], window).WithWaiting(shown)));
    }

    [Fact]
    public void Moving_WhenOneEndsAndAnotherBegins_TakesItsRow()
    {
        var rows = new MovingRows();
        rows.Take([Line(0, TransferState.Copying), Line(1, TransferState.Copying)], DateTimeOffset.UnixEpoch);
        rows.Take([Line(1, TransferState.Verifying), Line(5, TransferState.Copying)], DateTimeOffset.UnixEpoch);
        Assert.Equal([5, 1], rows.Rows.Select(x => x.Line.Ordinal));

        rows.Take([Line(5, TransferState.Copying)], DateTimeOffset.UnixEpoch);
        Assert.Equal([5], rows.Rows.Select(x => x.Line.Ordinal));
    }

    [Fact]
    public void Pace_OfARoom_IsARangeOnceItWasSeenForAWhile()
    {
        var pace = new RoomPace();
        pace.See(DateTimeOffset.UnixEpoch, 0);
        Assert.Null(pace.Left(1_000));
        pace.See(DateTimeOffset.UnixEpoch.AddSeconds(5), 500);
        pace.See(DateTimeOffset.UnixEpoch.AddSeconds(10), 700);

        Assert.Equal(70, pace.Rate);
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(17.5)), pace.Left(700));
    }

    private static IEnumerable<int> Ordinals(RunRows rows) => rows.Groups.SelectMany(x => x.Lines).Select(x => x.Ordinal);

    private static TransferLine Line(int ordinal, TransferState state, long copied = 0, long total = 1_000, Grade? grade = null) => new(
        1_000 + ordinal, 2_000 + ordinal, ordinal, $"Room {ordinal}", state, copied, total, 0, 0, 0, 0, 0, null, null, null, grade, 0, 0);
}
