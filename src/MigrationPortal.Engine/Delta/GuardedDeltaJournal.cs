using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>Tells a failure of the journal's own database from one of the target.</summary>
internal sealed class GuardedDeltaJournal(IDeltaJournal journal) : GuardedJournal(journal), IDeltaJournal
{
    public Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken) => Guard(() => journal.ListRowsAsync(cancellationToken));

    public Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken) => Guard(() => journal.ListPagesAsync(room, cancellationToken));

    public Task<IReadOnlyDictionary<Guid, long>> ListLastChatIdsAsync(CancellationToken cancellationToken) => Guard(() => journal.ListLastChatIdsAsync(cancellationToken));

    public Task IntendChangesAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => Guard(() => journal.IntendChangesAsync(changes, cancellationToken));

    public Task DropChangesAsync(CancellationToken cancellationToken) => Guard(() => journal.DropChangesAsync(cancellationToken));

    public Task IntendFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => Guard(() => journal.IntendFillingAsync(filled, cancellationToken));

    public Task<LedgerPage?> FindOpenFillingAsync(Guid room, CancellationToken cancellationToken) => Guard(() => journal.FindOpenFillingAsync(room, cancellationToken));

    public Task ConfirmFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => Guard(() => journal.ConfirmFillingAsync(filled, cancellationToken));

    public Task DropFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => Guard(() => journal.DropFillingAsync(filled, cancellationToken));
}
