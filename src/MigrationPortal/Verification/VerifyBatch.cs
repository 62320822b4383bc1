using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Runs;
using MigrationPortal.SignIn;

namespace MigrationPortal.Verification;

/// <summary>Has every copied room of a batch proven once more from fresh readings of both sides.</summary>
internal sealed class VerifyBatchHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, BatchRefusals refusals, JobQueue jobs)
{
    private static readonly BatchState[] Verifiable = [BatchState.Completed, BatchState.CompletedWithFindings, BatchState.Failed, BatchState.Cancelled, BatchState.CutOver];

    public async Task<Outcome<long>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Operator, "Verifying again") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, batchId, caller, [Role.Operator], "Verifying again", cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        var run = await db.Set<Run>().Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken);
        if (run is not { } runId || !Verifiable.Contains(batch.State))
            return await refusals.WrongStateAsync(db, batchId, "Only a batch whose run is over can be verified again.", cancellationToken);
        if (!await jobs.EnqueueAsync<VerifyBatchJob>(batchId.ToString(CultureInfo.InvariantCulture), cancellationToken))
            return new Refusal("verification-running", "This batch is being verified already.", RefusalKind.Conflict);
        await audit.RecordAsync(db, caller, "VerificationRequested", $"batch:{batchId}", batch.PoolPairId, null, cancellationToken);
        return runId;
    }
}
