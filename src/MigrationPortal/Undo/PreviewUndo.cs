using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Undo;

/// <summary>What an undo of a batch would remove and leave, read from the new pool at this moment.</summary>
internal sealed class PreviewUndoHandler(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, BatchRefusals refusals, AwaitedPeople awaited)
{
    /// <summary>Something may have been written, and nobody writes now.</summary>
    public static readonly BatchState[] Undoable = [BatchState.Completed, BatchState.CompletedWithFindings, BatchState.Failed, BatchState.Cancelled];

    /// <summary>Why a batch in any other state cannot be undone.</summary>
    public static string RuleOf(BatchState state) => state switch
    {
        BatchState.CutOver => "Rule.UndoCutOver",
        _ when state.IsUndone() => "Rule.UndoOnce",
        _ => "Rule.Undo",
    };

    public async Task<Outcome<UndoPreview>> HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await BatchReads.FindAsync(db, batchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(batchId);
        if (!Undoable.Contains(batch.State))
            return await refusals.WrongStateAsync(db, batchId, RuleOf, cancellationToken);
        return catalog.Find(batch.PoolPairId) is { } pair
            ? await PreviewAsync(pair, batchId, cancellationToken)
            : new Refusal("pool-pair-not-found.any-more", RefusalKind.Conflict, batch.PoolPairId);
    }

    private async Task<Outcome<UndoPreview>> PreviewAsync(PoolPairConnections pair, long batchId, CancellationToken cancellationToken)
    {
        var files = await FileLedger.FindAsync(databases, batchId, cancellationToken);
        if (!files.IsDone)
            return files.Refusal;
        var undo = new BatchUndo(pair.New, new UndoLedger(batchId, databases)) { Files = files.Value, Awaited = await awaited.FindAsync(batchId, pair, cancellationToken) };
        return await undo.PreviewAsync(cancellationToken);
    }
}
