using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs;

namespace MigrationPortal.Freezes;

/// <summary>Pauses what runs under a new freeze. Nothing new starts by then, so that one pass finds all of it.</summary>
internal sealed class PauseFrozen(IDbContextFactory<PortalDbContext> databases, RunTransitions moves)
{
    public async Task HandleAsync(string? poolPairId, string reason, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var running = await BatchReads.All(db)
            .Where(x => x.State == BatchState.Running && (poolPairId == null || x.PoolPairId == poolPairId)).Select(x => x.Id).ToListAsync(cancellationToken);
        // A run that ended since is refused, and needs no pause.
        foreach (var batch in running)
        {
            await moves.MoveAsync(
                batch,
                new RunMove(Caller.Portal, "RunPaused", [RunState.Running], RunState.Paused, [BatchState.Running], BatchState.Paused, "", new Wording("Detail.Frozen", reason)) { PauseCause = PauseCause.Freeze },
                cancellationToken);
        }
    }
}
