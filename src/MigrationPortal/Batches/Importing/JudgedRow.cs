using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Importing;

/// <summary>Whether the room of a row may go into a batch, and why not.</summary>
public enum RowVerdict
{
    Addable,
    Unknown,
    /// <summary>Several rooms have that name.</summary>
    Ambiguous,
    /// <summary>An earlier row is about the same room.</summary>
    Repeated,
    InThisBatch,
    InAnotherBatch,
    Excluded,
    OutOfScope,
    OnlyNew,
    /// <summary>In the new pool already, and the same.</summary>
    Same,
    /// <summary>In the new pool already, with differences that were accepted.</summary>
    Accepted,
    /// <summary>No longer in the legacy pool.</summary>
    Vanished,
}

/// <param name="Line">Of the file, from 1.</param>
/// <param name="Given">What the row says the room by.</param>
/// <param name="Reason">A sentence.</param>
public sealed record JudgedRow(long Line, string Given, RowVerdict Verdict, Wording Reason, long? RoomId = null, string? Room = null, string? Category = null);

public sealed record JudgedFile(IReadOnlyList<JudgedRow> Rows)
{
    public IReadOnlyDictionary<RowVerdict, int> Counts { get; } = Rows.CountBy(x => x.Verdict).ToDictionary();

    public long[] AddableIds => [.. Rows.Where(x => x.Verdict == RowVerdict.Addable).Select(x => x.RoomId!.Value)];
}
