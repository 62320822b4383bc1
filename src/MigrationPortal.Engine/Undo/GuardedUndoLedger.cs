using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>Tells a failure of the ledger's own database from one of the target.</summary>
internal sealed class GuardedUndoLedger(IUndoLedger ledger) : IUndoLedger
{
    public Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken) => GuardedJournal.Guard(() => ledger.ListRowsAsync(cancellationToken));

    public Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken) =>
        GuardedJournal.Guard(() => ledger.ListPagesAsync(room, cancellationToken));

    public Task ForgetPageAsync(LedgerPage page, CancellationToken cancellationToken) => GuardedJournal.Guard(() => ledger.ForgetPageAsync(page, cancellationToken));
}
