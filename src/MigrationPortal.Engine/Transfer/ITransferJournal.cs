namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// The write-ahead ledger of one batch, kept outside the target: every row and page is recorded as intended before, and confirmed
/// after, the commit on the target. An open intent is settled by reading the target, never by writing again blindly.
/// </summary>
public interface ITransferJournal
{
    /// <summary>The ids allocated when this batch was first prepared; null before that. Reused on every resume.</summary>
    Task<IdAllocation?> FindAllocationAsync(CancellationToken cancellationToken);

    /// <summary>Replaces what was saved before: ids that another batch took since are allocated again while nothing is written.</summary>
    Task SaveAllocationAsync(IdAllocation allocation, CancellationToken cancellationToken);

    /// <summary>Replaces the open row intents of this batch.</summary>
    Task IntendRowsAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken);

    Task ConfirmRowsAsync(CancellationToken cancellationToken);

    Task<bool> HasConfirmedRowsAsync(CancellationToken cancellationToken);

    Task IntendPageAsync(LedgerPage page, CancellationToken cancellationToken);

    Task ConfirmPageAsync(LedgerPage page, CancellationToken cancellationToken);

    /// <summary>The page of that room that was intended and not confirmed; at most one.</summary>
    Task<LedgerPage?> FindOpenPageAsync(Guid room, CancellationToken cancellationToken);

    /// <summary>chatId of the last message that this batch wrote, or may have written, into that room; null before the first.</summary>
    Task<long?> FindLastChatIdAsync(Guid room, CancellationToken cancellationToken);

    /// <summary>Forgets an intent that the target shows not to have happened.</summary>
    Task DropPageAsync(LedgerPage page, CancellationToken cancellationToken);
}

/// <summary>Surrogate ids of the new pool, by guid, for what this batch creates.</summary>
public sealed record IdAllocation(IReadOnlyDictionary<Guid, int> Nodes, IReadOnlyDictionary<Guid, int> Principals);

/// <param name="Table">Name of the target table.</param>
/// <param name="Key">Primary key values joined by <c>|</c>.</param>
/// <param name="Hash">SHA-256 of the row's canonical text.</param>
public sealed record LedgerRow(string Table, string Key, byte[] Hash);

/// <param name="Room">nodeGuid of the room.</param>
/// <param name="FirstChatId">chatId of the page's first message.</param>
/// <param name="LastChatId">chatId of its last message: the resume point once committed.</param>
/// <param name="Count">Messages in the page.</param>
/// <param name="Sha256">Over the canonical bytes of the page's messages as written.</param>
public sealed record LedgerPage(Guid Room, long FirstChatId, long LastChatId, int Count, byte[] Sha256)
{
    /// <summary>The page with messages that a delta put between its own, while nobody knows whether they were committed; null when none are open.</summary>
    public LedgerPage? Filled { get; init; }
}
