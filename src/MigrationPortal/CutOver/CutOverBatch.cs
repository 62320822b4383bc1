using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Delta;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.CutOver;

/// <param name="Confirmations">As for any run; see <see cref="RunConfirmations"/>.</param>
internal sealed record CutOverBatch(long BatchId, IReadOnlyList<string> Confirmations);

/// <summary>
/// Starts the last delta of a batch: once it is through and every room is proven, the batch is closed. Into a production database only
/// after the steps that come before it are done, since nothing may be posted in the legacy pool any more.
/// </summary>
internal sealed class CutOverBatchHandler(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, CutOverQueries queries, StartDeltaHandler start) : ILastDelta
{
    public Task<Outcome<DeltaStarted>> StartAsync(long batchId, IReadOnlyList<string> confirmations, Caller caller, CancellationToken cancellationToken) =>
        HandleAsync(new CutOverBatch(batchId, confirmations), caller, cancellationToken);

    public async Task<Outcome<DeltaStarted>> HandleAsync(CutOverBatch request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Operator, "cut-over-batch") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BreakGlassReads.Unreviewed(db).AnyAsync(x => x.BatchId == request.BatchId, cancellationToken))
            return new Refusal("break-glass-unreviewed", RefusalKind.Conflict, (await BatchReads.GetAsync(db, request.BatchId, cancellationToken)).Name);
        var pair = await BatchReads.All(db).Where(x => x.Id == request.BatchId).Select(x => x.PoolPairId).FirstOrDefaultAsync(cancellationToken);
        if (pair is not null && catalog.Find(pair)?.New.Provider == SqlProvider.SqlServer
            && (await queries.FindAsync(pair, cancellationToken)).Next is { } next and <= CutOverChecklist.DoneBefore)
            return new Refusal("checklist-open", RefusalKind.Conflict, next);
        return await start.HandleAsync(new StartDelta(request.BatchId, request.Confirmations, RunKind.CutOver), caller, cancellationToken);
    }
}
