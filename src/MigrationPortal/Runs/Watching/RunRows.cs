using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Runs.Watching;

/// <summary>In the order in which a page shows them.</summary>
public enum RunGroup
{
    Failed,
    Skipped,
    Moving,
    Waiting,
    Done,
    /// <summary>An undo of the batch deleted them since.</summary>
    Undone,
}

/// <summary>Which rooms of a run a page shows.</summary>
/// <param name="Search">Part of a room's name; null is all.</param>
/// <param name="Only">Null is every group.</param>
/// <param name="Grade">Rooms whose verification gave that grade; null is all.</param>
/// <param name="Failure">Rooms that failed for that reason; null is all.</param>
/// <param name="Failed">How many lines a page of that group has, 0 where it is closed; likewise the next two, the last one also of the undone. The moving ones are few and always there.</param>
public sealed record RunWindow(string? Search, RunGroup? Only, Grade? Grade, string? Failure, int Failed, int Waiting, int Done)
{
    /// <summary>Which page of each group.</summary>
    public RunSkips Skips { get; init; }

    /// <summary>Rooms of which that property differs; null is all.</summary>
    public string? Difference { get; init; }

    public bool Finds(TransferLine line) => Search?.Trim() is not { Length: > 0 } search || SearchText.IsIn(line.RoomName, search);
}

/// <param name="Count">All of them, not only the lines.</param>
/// <param name="Messages">Of the waiting: to copy. Of the others: verified.</param>
/// <param name="Lines">Failed ones in the plan's order, waiting ones largest first, done ones worst first.</param>
public sealed record RunGroupRows(RunGroup Group, int Count, long Messages, IReadOnlyList<TransferLine> Lines)
{
    /// <summary>How many of them stand before the lines.</summary>
    public int Skip { get; init; }
}

/// <param name="Key">Of the sentence.</param>
/// <param name="First">The sentence about one of them.</param>
public sealed record RunFailure(string Key, Engine.Wording First, int Rooms);

/// <param name="Property">Whose values differ; <c>Messages</c> among them.</param>
public sealed record RunDifference(string Property, int Rooms);

/// <param name="Groups">Those that have rooms.</param>
/// <param name="ByGrade">Of all rooms of the run that the search finds.</param>
public sealed record RunRows(IReadOnlyList<RunGroupRows> Groups, IReadOnlyDictionary<Grade, int> ByGrade)
{
    public static RunRows None { get; } = new([], new Dictionary<Grade, int>());

    /// <summary>Why rooms failed, most first, of all rooms of the run that the search finds.</summary>
    public IReadOnlyList<RunFailure> Failures { get; init; } = [];

    /// <summary>What verification found different, in most rooms first, of all rooms of the run that the search finds.</summary>
    public IReadOnlyList<RunDifference> Differences { get; init; } = [];

    /// <summary>All rooms that the filters leave, not only the lines.</summary>
    public int Count => Groups.Sum(x => x.Count);

    public static bool Matches(TransferLine line, RunWindow window) =>
        window.Finds(line)
        && (window.Grade is null || line.Grade == window.Grade)
        && (window.Failure is null || line.Error?.Key == window.Failure)
        && (window.Difference is null || line.ListDifferences().Contains(window.Difference, StringComparer.Ordinal))
        && (window.Only is null || window.Only == GroupOf(line.State));

    /// <param name="largestFirst">Every line of the run.</param>
    public static RunRows Of(IEnumerable<TransferLine> largestFirst, RunWindow window)
    {
        var found = largestFirst.Where(window.Finds).ToList();
        var grades = found.Where(x => x.Grade is not null).GroupBy(x => x.Grade!.Value).ToDictionary(x => x.Key, x => x.Count());
        var groups = found
            .Where(x => Matches(x, window))
            .GroupBy(x => GroupOf(x.State))
            .OrderBy(x => x.Key)
            .Select(x => Rows(x.Key, [.. x], window));
        var failures = found.Where(x => x.Error is { Key.Length: > 0 }).GroupBy(x => x.Error!.Key, StringComparer.Ordinal).Select(x => new RunFailure(x.Key, x.First().Error!, x.Count())).OrderByDescending(x => x.Rooms);
        var differences = found.SelectMany(x => x.ListDifferences()).GroupBy(x => x, StringComparer.Ordinal).Select(x => new RunDifference(x.Key, x.Count()))
            .OrderByDescending(x => x.Rooms).ThenBy(x => x.Property, StringComparer.Ordinal);
        return new([.. groups], grades) { Failures = [.. failures], Differences = [.. differences] };
    }

    /// <summary>Every row stands where it stood; its cells may differ.</summary>
    public bool HasOrderOf(RunRows other) =>
        Ordered.Select(x => (x.Group, x.Count == 0)).SequenceEqual(other.Ordered.Select(x => (x.Group, x.Count == 0)))
        && Ordered.SelectMany(x => x.Lines).Select(x => x.Id).SequenceEqual(other.Ordered.SelectMany(x => x.Lines).Select(x => x.Id));

    /// <summary>The same rows in the same order, with what is known of them now.</summary>
    public RunRows With(RunRows now)
    {
        var known = now.Groups.ToDictionary(x => x.Group);
        // One that has begun moving is listed twice while it is kept among the waiting.
        var lines = now.Groups.SelectMany(x => x.Lines).GroupBy(x => x.Id).ToDictionary(x => x.Key, x => x.MaxBy(line => line.Revision)!);
        return new(
            [.. Groups.Select(x => known.GetValueOrDefault(x.Group) is { } there && x.Group == RunGroup.Moving
                ? there
                : x with { Lines = [.. x.Lines.Select(line => lines.GetValueOrDefault(line.Id) ?? line)] })],
            now.ByGrade)
        {
            Failures = now.Failures,
            Differences = now.Differences,
        };
    }

    /// <summary>The waiting rooms that are shown stay for the moment; how many there are is told.</summary>
    public RunRows WithWaiting(RunRows shown) => shown.Groups.FirstOrDefault(x => x.Group == RunGroup.Waiting) is not { Lines.Count: > 0 } before
        ? this
        : this with { Groups = [.. Groups.Select(x => x.Group == RunGroup.Waiting && x.Count >= before.Skip + before.Lines.Count ? x with { Lines = before.Lines, Skip = before.Skip } : x)] };

    // The moving rooms have rows of their own, which keep their place by themselves.
    private IEnumerable<RunGroupRows> Ordered => Groups.Where(x => x.Group != RunGroup.Moving);

    public static RunGroup GroupOf(TransferState state) => state switch
    {
        TransferState.Failed => RunGroup.Failed,
        TransferState.Skipped => RunGroup.Skipped,
        TransferState.Done or TransferState.DoneWithFindings => RunGroup.Done,
        TransferState.Undone => RunGroup.Undone,
        _ when state.IsMoving() => RunGroup.Moving,
        _ => RunGroup.Waiting,
    };

    private static RunGroupRows Rows(RunGroup group, List<TransferLine> lines, RunWindow window) => group switch
    {
        RunGroup.Waiting => Page(new(group, lines.Count, lines.Sum(x => x.TotalMessageCount - x.CopiedMessageCount), []), lines, window.Waiting, window.Skips),
        RunGroup.Done or RunGroup.Undone => Page(new(group, lines.Count, Verified(lines), []), lines.OrderByDescending(x => x.Grade).ThenBy(x => x.Ordinal), window.Done, window.Skips),
        RunGroup.Moving => new(group, lines.Count, Verified(lines), [.. lines.OrderBy(x => x.Ordinal)]),
        _ => Page(new(group, lines.Count, Verified(lines), []), lines.OrderBy(x => x.Ordinal), window.Failed, window.Skips),
    };

    private static RunGroupRows Page(RunGroupRows rows, IEnumerable<TransferLine> ordered, int take, RunSkips skips)
    {
        if (take == 0)
            return rows;
        // A group that rooms leave may no longer reach that page: then its last one is shown.
        var skip = new Paging(skips.Before(rows.Group), take).Within(rows.Count).Skip;
        return rows with { Lines = [.. ordered.Skip(skip).Take(take)], Skip = skip };
    }

    private static long Verified(List<TransferLine> lines) => lines.Sum(x => x.VerifiedMessageCount);
}
