using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Batches.Planning;

/// <param name="Afresh">Compute even when neither batch nor scan changed: other batches' names may have.</param>
internal sealed record PlanBatch(long BatchId, bool Afresh = false);

/// <summary>
/// Gives the plan of a batch, computed when the kept one is stale. A batch that runs or has run keeps the plan it ran with.
/// Everybody who reads a batch may cause this: it changes nothing that a person decided.
/// </summary>
internal sealed class PlanBatchHandler(IDbContextFactory<PortalDbContext> databases, Inventory inventory, PlanRequests requests, StorePlan store, PoolPairCatalog pairs) : IDisposable
{
    /// <summary>Edits in quick succession make a computed plan stale before it is stored; after this many the caller is told.</summary>
    private const int Attempts = 3;

    // Two inventories of a big pool fill hundreds of megabytes: one plan at a time.
    private readonly SemaphoreSlim _gate = new(1);

    public async Task<Outcome<PlanHead>> HandleAsync(PlanBatch request, CancellationToken cancellationToken)
    {
        if (!request.Afresh && await FindFreshAsync(request.BatchId, cancellationToken) is { } kept)
            return kept;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await TryAsync(request, cancellationToken) is { } outcome)
                    return outcome;
            }

            return new Refusal("batch-busy", RefusalKind.Conflict);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The kept plan while it holds; null where one is still to be computed.</summary>
    public async Task<PlanHead?> FindFreshAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var input = await PlanInput.ReadAsync(db, batchId, cancellationToken);
        return input.IsDone ? input.Value.Fresh : null;
    }

    private async Task<Outcome<PlanHead>?> TryAsync(PlanBatch request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var read = await PlanInput.ReadAsync(db, request.BatchId, cancellationToken);
        if (!read.IsDone)
            return (Outcome<PlanHead>?)read.Refusal;
        var input = read.Value;
        // Somebody else computed it while this request waited for the gate.
        if (input.Fresh is { } kept && !(request.Afresh && input.Batch.State.IsEditable()))
            return (Outcome<PlanHead>?)kept;

        var legacy = await inventory.LoadAsync(input.ScanId, isLegacy: true, cancellationToken);
        var @new = await inventory.LoadAsync(input.ScanId, isLegacy: false, cancellationToken);
        // A pair that was taken out of the configuration is planned no further than to be read.
        var server = pairs.Find(input.Batch.PoolPairId)?.New.Provider ?? SqlProvider.PostgreSql;
        var result = Planner.Plan(await requests.MakeAsync(db, input, legacy, @new, server, cancellationToken));
        return await store.HandleAsync(input, result, cancellationToken) is { } head ? (Outcome<PlanHead>?)head : null;
    }
}
