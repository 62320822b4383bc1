using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Batches.Planning;

/// <summary>After each completed scan, and when the pair's options change, every batch that has not run yet is planned again, so that nobody approves yesterday's source.</summary>
internal sealed partial class ReplanBatches(IDbContextFactory<PortalDbContext> databases, PlanBatchHandler plan, ILogger<ReplanBatches> log) : IAfterScan, IAfterPairOptions
{
    public Task AfterOptionsAsync(string poolPairId, CancellationToken cancellationToken) => AfterScanAsync(poolPairId, cancellationToken);

    public async Task AfterScanAsync(string poolPairId, CancellationToken cancellationToken)
    {
        List<long> batches;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            batches = await db.Set<Batch>()
                .Where(x => x.PoolPairId == poolPairId && BatchStates.Editable.Contains(x.State))
                .OrderBy(x => x.Id)
                .Select(x => x.Id)
                .ToListAsync(cancellationToken);
        }

        foreach (var batch in batches)
        {
            var outcome = await plan.HandleAsync(new PlanBatch(batch), cancellationToken);
            if (!outcome.IsDone)
                LogNotPlanned(batch, outcome.Refusal.In(CultureInfo.InvariantCulture));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Batch {Batch} could not be planned after the scan: {Reason}")]
    private partial void LogNotPlanned(long batch, string reason);
}
