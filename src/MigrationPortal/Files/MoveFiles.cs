using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Files;

/// <summary>Opens the way from one file store to the other for a run.</summary>
internal sealed class MoveFiles(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Null where the pair's configuration names no two stores: its files are moved by other means, and pages say so.</summary>
    public async Task<Outcome<FileTransfer?>> OpenAsync(PoolPairConnections pair, long batchId, CancellationToken cancellationToken)
    {
        if (pair.Files is not { New: { } target } stores)
            return (FileTransfer?)null;
        var from = await FileStore.OpenLegacyAsync(stores.Legacy, cancellationToken);
        if (!from.IsDone)
            return from.Refusal;
        var to = await FileStore.OpenAsync(target, cancellationToken);
        if (!to.IsDone)
            return to.Refusal;
        return new FileTransfer(pair.Legacy, from.Value, to.Value, new FileJournal(batchId, to.Value.Root, databases, time));
    }
}
