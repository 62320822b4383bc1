using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs.Watching;

/// <summary>What a run tells is what changed, and its sums stay right without adding up every room again.</summary>
public sealed class LiveRunTests
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task Tell_ViewerOfTheFirstRows_GetsTheirLinesAndTheSumsOfAll()
    {
        var board = Loaded(rooms: 500);
        using var viewer = new Viewer(board, rows: 200);
        Assert.Equal((200, 500, 0L), (viewer.Joined.Transfers.Count, viewer.Joined.Totals.Rooms, viewer.Joined.Totals.CopiedMessageCount));

        board.Apply(null, [Line(3, copied: 7, revision: 1), Line(450, copied: 5, revision: 1)], null);

        await Eventually.TrueAsync(() => Task.FromResult(viewer.Heard.Any(x => x.Totals is { CopiedMessageCount: 12, Moving: 2, Waiting: 498 })));
        Assert.Equal([3], viewer.Ordinals);
    }

    [Fact]
    public void Totals_AfterManyChanges_AreThoseOfAllLines()
    {
        var (random, lines) = (new Random(7), Enumerable.Range(0, 300).Select(x => Line(x)).ToList());
        var board = Loaded(lines);
        for (var i = 1; i < 3_000; i++)
        {
            var at = random.Next(lines.Count);
            lines[at] = Line(at, random.Next(1_000), i, (TransferState)random.Next(Enum.GetValues<TransferState>().Length));
            board.Apply(null, [lines[at]], null);
        }

        using var late = new Viewer(board, int.MaxValue);
        Assert.Equal(RunTotals.Of(lines), late.Joined.Totals);
    }

    [Fact]
    public void List_EquallyLargeRooms_ShowsThoseThatWaitLongest()
    {
        var board = Loaded(rooms: 500);
        var window = new RunWindow(null, null, null, null, 50, 50, 0);
        var before = board.List(window);

        board.Apply(null, [.. Enumerable.Range(0, 40).Select(x => Line(x, copied: 7, revision: 1))], null);

        Assert.Equal(460, board.List(window).Groups.Single(x => x.Group == RunGroup.Waiting).Count);
        Assert.True(board.List(window).HasOrderOf(before));
    }

    /// <summary>Keeps what it is told, whenever that comes.</summary>
    private sealed class Viewer : IDisposable
    {
        public Viewer(LiveRun board, int rows)
        {
            Listener = new(board, rows, change => { Heard.Enqueue(change); return Task.CompletedTask; }, _ => { }, TimeProvider.System, NullLogger.Instance);
            Joined = board.Join(Listener)!;
        }

        public RunListener Listener { get; }

        public RunSnapshot Joined { get; }

        public ConcurrentQueue<RunChange> Heard { get; } = new();

        public IEnumerable<int> Ordinals => Heard.SelectMany(x => x.Transfers).Select(x => x.Ordinal).Distinct();

        public void Dispose() => Listener.Dispose();
    }

    private static LiveRun Loaded(int rooms) => Loaded([.. Enumerable.Range(0, rooms).Select(x => Line(x))]);

    private static LiveRun Loaded(IReadOnlyList<TransferLine> lines)
    {
        var board = new LiveRun(TimeProvider.System);
        var run = new RunView(1, 1, 1, "Wave 1", "contoso", RunState.Running, "operator", _start, null, "f", [], null, null, null, null, RunKind.Move, 1);
        board.Load(new RunPicture(run, lines, [], TimeSpan.FromSeconds(1), [], _start));
        return board;
    }

    private static TransferLine Line(int ordinal, long copied = 0, long revision = 0, TransferState? state = null) => new(
        1_000 + ordinal, 2_000 + ordinal, ordinal, $"Room {ordinal}", state ?? (revision == 0 ? TransferState.Pending : TransferState.Copying), copied, 1_000, 0, copied * 100, 0, 0, 0, null, null, null, null, 0, revision);
}
