using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Files;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Undo;

/// <summary>The ledger of one batch, read to take back what it says, and closed when that is done.</summary>
internal sealed class UndoLedger(long batchId, IDbContextFactory<PortalDbContext> databases) : IUndoLedger
{
    private bool _hasBegun;
    private readonly LedgerReader _reader = new(batchId, databases);

    public Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken) => _reader.ListRowsAsync(cancellationToken);

    public Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken) => _reader.ListPagesAsync(room, cancellationToken);

    public async Task ForgetPageAsync(LedgerPage page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await LedgerMoves.ForgetPageAsync(db, batchId, page, cancellationToken);
        if (_hasBegun)
            return;
        // The whole count follows; that it began must be known whatever happens before.
        await db.Set<UndoRequest>().Where(x => x.BatchId == batchId && x.State == UndoState.Running && x.RemovedMessageCount == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RemovedMessageCount, page.Count), cancellationToken);
        _hasBegun = true;
    }

    /// <summary>Part of the caller's transaction.</summary>
    public async Task CloseAsync(PortalDbContext db, IReadOnlyList<KeptRow> kept, CancellationToken cancellationToken)
    {
        var shared = kept.Where(x => (x.NeededBy ?? x.NeededByPerson) is not null)
            .Select(x => new SharedRow(x.Table, x.Key, x.NeededBy is not null, (x.NeededBy ?? x.NeededByPerson)!.Value));
        await LedgerMoves.CloseAsync(db, batchId, [.. shared], cancellationToken);
        await FileLedgerMoves.CloseAsync(db, batchId, cancellationToken);
    }
}
