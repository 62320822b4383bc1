using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Runs;

namespace MigrationPortal.Tests.Runs.Watching;

/// <summary>What a run tells is what changed, and its sums stay right without adding up every room again.</summary>
public sealed class LiveRunTests
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Collect_ViewerOfTheFirstRows_GetsTheirLinesAndTheSumsOfAll()
    {
        var (board, viewer) = (Loaded(rooms: 500), default(RunListener)!);
        using var listener = viewer = Listener(board, rows: 200);
        var joined = board.Join(viewer)!;
        Assert.Equal((200, 500, 0L), (joined.Transfers.Count, joined.Totals.Rooms, joined.Totals.CopiedMessageCount));

        board.Apply(null, [Line(3, copied: 7, revision: 1), Line(450, copied: 5, revision: 1)], null);

        var change = board.Collect(viewer)!;
        Assert.Equal([3], change.Transfers.Select(x => x.Ordinal));
        Assert.Equal((12L, 2, 498), (change.Totals.CopiedMessageCount, change.Totals.Moving, change.Totals.Waiting));
        Assert.Null(board.Collect(viewer));
    }

    [Fact]
    public void Show_MoreRows_GivesThemAndTellsOfThemFromThenOn()
    {
        var board = Loaded(rooms: 500);
        using var viewer = Listener(board, rows: 200);
        board.Join(viewer);

        Assert.Equal(Enumerable.Range(0, 400), viewer.Show(400).Select(x => x.Ordinal));
        board.Apply(null, [Line(350, copied: 1, revision: 1)], null);

        Assert.Equal([350], board.Collect(viewer)!.Transfers.Select(x => x.Ordinal));
    }

    [Fact]
    public void Totals_AfterManyChanges_AreThoseOfAllLines()
    {
        var (random, lines) = (new Random(7), Enumerable.Range(0, 300).Select(x => Line(x)).ToList());
        var board = Loaded(lines);
        using var viewer = Listener(board, int.MaxValue);
        board.Join(viewer);
        for (var i = 1; i < 3_000; i++)
        {
            var at = random.Next(lines.Count);
            lines[at] = Line(at, random.Next(1_000), i, (TransferState)random.Next(Enum.GetValues<TransferState>().Length));
            board.Apply(null, [lines[at]], null);
        }

        Assert.Equal(RunTotals.Of(lines), board.Collect(viewer)!.Totals);
    }

    private static RunListener Listener(LiveRun board, int rows) => new(board, rows, _ => Task.CompletedTask, _ => { }, TimeProvider.System, NullLogger.Instance);

    private static LiveRun Loaded(int rooms) => Loaded([.. Enumerable.Range(0, rooms).Select(x => Line(x))]);

    private static LiveRun Loaded(IReadOnlyList<TransferLine> lines)
    {
        var board = new LiveRun(TimeProvider.System);
        var run = new RunView(1, 1, 1, "Wave 1", "contoso", RunState.Running, "operator", _start, null, "f", [], null, null, null, null, RunKind.Move, 1);
        board.Load(new RunPicture(run, lines, [], default, _start));
        return board;
    }

    private static TransferLine Line(int ordinal, long copied = 0, long revision = 0, TransferState? state = null) => new(
        1_000 + ordinal, 2_000 + ordinal, ordinal, $"Room {ordinal}", state ?? (revision == 0 ? TransferState.Pending : TransferState.Copying), copied, 1_000, 0, copied * 100, 0, 0, 0, null, null, null, null, 0, revision);
}
