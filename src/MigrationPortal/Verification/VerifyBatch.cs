using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Jobs;
using MigrationPortal.Runs;

namespace MigrationPortal.Verification;

/// <param name="RoomIds">Null verifies every room of the batch; of others, those that the latest run did not migrate are left.</param>
/// <param name="RunId">The latest run that the caller knows of; null takes whichever it is.</param>
internal sealed record VerifyBatch(long BatchId, IReadOnlyCollection<long>? RoomIds = null, long? RunId = null);

/// <param name="RunId">Whose plan the rooms are compared with.</param>
/// <param name="RoomIds">Null: every room of the batch.</param>
/// <param name="Left">Rooms that were asked for and cannot be verified: the latest run did not migrate them.</param>
internal sealed record VerificationStarted(long RunId, IReadOnlyList<long>? RoomIds, int Left);

/// <summary>
/// Has migrated rooms of a batch verified once more from fresh readings of both sides. No delta and no undo begins before that has ended, and no other
/// verification of the batch, of whichever rooms.
/// </summary>
internal sealed class VerifyBatchHandler(
    IDbContextFactory<PortalDbContext> databases, AuditTrail audit, BatchTimeline timeline, BatchRefusals refusals, JobQueue jobs, TimeProvider time)
{
    private const string Doing = "verify-batch";

    public static readonly BatchState[] Verifiable = [BatchState.Completed, BatchState.CompletedWithFindings, BatchState.Failed, BatchState.Cancelled, BatchState.CutOver];

    /// <summary>Why a batch in any other state cannot be verified again.</summary>
    public static string RuleOf(BatchState state) => state.IsUndone() ? "Rule.VerifyUndone" : "Rule.Verify";

    public async Task<Outcome<VerificationStarted>> HandleAsync(VerifyBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var batchId = request.BatchId;
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
            return await refusals.WrongStateAsync(db, batchId, RuleOf, cancellationToken);
        }

        if (request.RunId is { } known && known != runId)
            return new Refusal("verification-older-run", RefusalKind.Conflict, batch.Name);
        var rooms = request.RoomIds is { } chosen ? await ListVerifiableAsync(db, runId, chosen, cancellationToken) : null;
        if (rooms is { Length: 0 })
            return new Refusal("verification-no-rooms", RefusalKind.Conflict, batch.Name);
        db.Add(new VerificationRequest { BatchId = batchId, RunId = runId, RoomIds = rooms, RequestedBy = caller.Name, RequestedAt = time.GetUtcNow(), RoomCount = rooms?.Length ?? 0 });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("ux_verifications_open"))
        {
            return new Refusal("verification-running", RefusalKind.Conflict);
        }

        await audit.RecordAsync(db, caller, "VerificationRequested", BatchSubject.Of(batchId), batch.PoolPairId, rooms is null ? null : Details(rooms), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAgainAsync<VerifyBatchJob>(batchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        timeline.Announce(batch);
        return new VerificationStarted(runId, rooms, request.RoomIds is { } asked ? asked.Distinct().Count() - rooms!.Length : 0);
    }

    private static Dictionary<string, string?> Details(long[] rooms) => new(StringComparer.Ordinal) { ["rooms"] = rooms.Length.ToString(CultureInfo.InvariantCulture) };

    private static Task<long[]> ListVerifiableAsync(PortalDbContext db, long runId, IReadOnlyCollection<long> chosen, CancellationToken cancellationToken)
    {
        var ids = chosen.ToArray();
        return VerificationRequest.Verifiable(db, runId).Where(x => ids.Contains(x.RoomId)).OrderBy(x => x.Ordinal).Select(x => x.RoomId).ToArrayAsync(cancellationToken);
    }
}
