using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>The ledger of a batch while it is taken back.</summary>
public interface IUndoLedger : IWrittenLedger
{
    /// <summary>Called after the new pool's database has committed that the page's messages are gone.</summary>
    Task ForgetPageAsync(LedgerPage page, CancellationToken cancellationToken);
}
