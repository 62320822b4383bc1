using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>What a batch wrote, as its ledger has it: the only thing an undo goes by.</summary>
public interface IUndoLedger
{
    /// <summary>Rows without messages; at most a few million, as many as the batch's plan has rights.</summary>
    Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken);

    /// <summary>Pages of one room in chatId order; about one per 20 000 messages.</summary>
    Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken);

    /// <summary>Called after the new pool's database has committed that the page's messages are gone.</summary>
    Task ForgetPageAsync(LedgerPage page, CancellationToken cancellationToken);
}

/// <param name="AreConfirmed">Nobody saw whether they were committed when false: then the new pool is asked. They were all written at once, or none.</param>
public sealed record WrittenLedger(IReadOnlyList<LedgerRow> Rows, bool AreConfirmed);
