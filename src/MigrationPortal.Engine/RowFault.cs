namespace MigrationPortal.Engine;

/// <summary>
/// A value of a chat database that is missing or means nothing, in a row that was read all the same. Rows of one column and one
/// node or person are one fault, so that there are never more of them than the pool has nodes and people.
/// </summary>
/// <param name="Table">Documented name.</param>
/// <param name="Column">Documented name.</param>
/// <param name="Key">Key of the first such row, e.g. <c>nodeID 9</c>.</param>
/// <param name="Problem">What is wrong with the value, as a part of the sentence; a whole one where there is no table.</param>
public sealed record RowFault(string Table, string Column, string Key, Wording Problem)
{
    /// <summary>The node that the row is about; null where it is about none, or nobody can tell which.</summary>
    public int? NodeId { get; init; }

    /// <summary>The person or group that the row is about; never set together with <see cref="NodeId"/>.</summary>
    public int? PrincipalId { get; init; }

    /// <summary>Whether what the row is about cannot be migrated; else the problem names what was assumed instead.</summary>
    public bool Blocks { get; init; }

    public long Rows { get; init; } = 1;

    /// <summary>One sentence that names table, column and row.</summary>
    public Wording Sentence => new("RowFault", Rows, $"{Table}.{Column}", Problem, Key);
}
