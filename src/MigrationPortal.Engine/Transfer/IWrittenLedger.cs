namespace MigrationPortal.Engine.Transfer;

/// <summary>What a batch wrote, as its ledger has it: the only thing that a delta and an undo go by.</summary>
public interface IWrittenLedger
{
    /// <summary>Rows without messages; at most a few million, as many as the batch's plan has rights.</summary>
    Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken);

    /// <summary>Pages of one room in chatId order; about one per 20 000 messages.</summary>
    Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken);
}

/// <param name="AreConfirmed">Nobody saw whether the first rows were committed when false: then the new pool is asked. They were all written at once, or none.</param>
public sealed record WrittenLedger(IReadOnlyList<LedgerRow> Rows, bool AreConfirmed)
{
    /// <summary>Changes of a delta of which nobody saw whether they were committed; all at once, or none. Empty in between.</summary>
    public IReadOnlyList<RowChange> Open { get; init; } = [];
}

/// <summary>A row that a delta inserts, changes or takes away.</summary>
/// <param name="Before">Hash of the row as an earlier run wrote it; null where there was none.</param>
/// <param name="After">Hash of the row as it shall be; null where there shall be none.</param>
public sealed record RowChange(string Table, string Key, byte[]? Before, byte[]? After)
{
    internal static bool Same(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);
}
