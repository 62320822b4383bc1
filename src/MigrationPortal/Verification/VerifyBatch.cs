using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Runs;

namespace MigrationPortal.Verification;

/// <summary>Has every migrated room of a batch verified once more from fresh readings of both sides. No delta and no undo begins before that has ended.</summary>
internal sealed class VerifyBatchHandler(
    IDbContextFactory<PortalDbContext> databases, AuditTrail audit, BatchTimeline timeline, BatchRefusals refusals, JobQueue jobs, TimeProvider time)
{
    private const string Doing = "verify-batch";

    private static readonly BatchState[] Verifiable = [BatchState.Completed, BatchState.CompletedWithFindings, BatchState.Failed, BatchState.Cancelled, BatchState.CutOver];

    public async Task<Outcome<long>> HandleAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Operator, Doing) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, batchId, caller, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked, so that no delta and no undo starts between the look and the request.
        var isHeld = await BatchMoves.HoldAsync(db, batchId, Verifiable, cancellationToken);
        var run = !isHeld ? null : await RunQueries.All(db).Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken);
        if (run is not { } runId)
        {
            await transaction.RollbackAsync(cancellationToken);
            return await refusals.WrongStateAsync(db, batchId, "Rule.Verify", cancellationToken);
        }

        db.Add(new VerificationRequest { BatchId = batchId, RunId = runId, RequestedBy = caller.Name, RequestedAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("ux_verifications_open"))
        {
            return new Refusal("verification-running", RefusalKind.Conflict);
        }

        await audit.RecordAsync(db, caller, "VerificationRequested", $"batch:{batchId}", batch.PoolPairId, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAgainAsync<VerifyBatchJob>(batchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        timeline.Announce(batch);
        return runId;
    }
}
