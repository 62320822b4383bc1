using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>The ledger of a batch while a delta writes on: it also says what is changed and taken away, before and after.</summary>
public interface IDeltaJournal : ITransferJournal, IWrittenLedger
{
    /// <summary>The highest chatId that any page of a room holds, by nodeGuid; rooms without messages are left out.</summary>
    Task<IReadOnlyDictionary<Guid, long>> ListLastChatIdsAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the open changes of this batch; <see cref="ITransferJournal.ConfirmRowsAsync"/> makes them what the ledger says.</summary>
    Task IntendChangesAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken);

    /// <summary>Forgets changes that the target shows not to have happened.</summary>
    Task DropChangesAsync(CancellationToken cancellationToken);

    /// <summary>A page that gets messages in between: the same first and last chatId, another count and digest.</summary>
    Task IntendFillingAsync(LedgerPage filled, CancellationToken cancellationToken);

    /// <summary>The filling of a page of that room that was intended and not confirmed; at most one.</summary>
    Task<LedgerPage?> FindOpenFillingAsync(Guid room, CancellationToken cancellationToken);

    Task ConfirmFillingAsync(LedgerPage filled, CancellationToken cancellationToken);

    Task DropFillingAsync(LedgerPage filled, CancellationToken cancellationToken);
}
