using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Undo;

namespace MigrationPortal.Undo;

internal sealed record FreshUndoList(UndoPreview Preview, UndoList List, DateTimeOffset At);

/// <summary>What an undo would delete and keep, read at this moment and not kept: for whoever thinks about requesting it.</summary>
internal sealed class ReadUndoList(IDbContextFactory<PortalDbContext> databases, PreviewUndoHandler previews, TimeProvider clock)
{
    public async Task<Outcome<FreshUndoList>> HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        var preview = await previews.HandleAsync(batchId, cancellationToken);
        if (!preview.IsDone)
            return preview.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new FreshUndoList(preview.Value, await UndoLists.MakeAsync(db, batchId, preview.Value, cancellationToken), clock.GetUtcNow());
    }
}
