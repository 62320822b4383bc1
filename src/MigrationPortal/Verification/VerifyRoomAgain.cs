using Microsoft.EntityFrameworkCore;
using MigrationPortal.Administration;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Verification;

/// <summary>What the verification job does: room after room, each proof kept at once.</summary>
internal sealed partial class VerifyRoomAgain(
    IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, RecordVerification record, LiveFeed feed, TimeProvider time, ILogger<VerifyRoomAgain> logger)
{
    public async Task HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await db.Set<Batch>().AsNoTracking().SingleAsync(x => x.Id == batchId, cancellationToken);
        var run = await db.Set<Run>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstAsync(cancellationToken);
        var ids = await new TransferJournal(batchId, databases, time).FindAllocationAsync(cancellationToken);
        if (ids is null || catalog.Find(batch.PoolPairId) is not { } pair)
            return;

        var plan = PlanDocument.Read(run.Document);
        var transfers = await db.Set<RoomTransfer>().AsNoTracking()
            .Where(x => x.RunId == run.Id && (x.State == TransferState.Done || x.State == TransferState.DoneWithFindings))
            .OrderBy(x => x.Ordinal).ToListAsync(cancellationToken);
        foreach (var transfer in transfers)
        {
            var room = plan.Rooms[transfer.Ordinal];
            var proof = await RoomVerifier.VerifyAsync(pair.Legacy, pair.New, room, plan, ids, pair.Files, cancellationToken);
            if (!proof.IsDone)
            {
                LogNotProven(logger, batchId, transfer.RoomName, proof.Refusal.Message);
                continue;
            }

            await record.HandleAsync(new ProvenRoom(run, pair.Id, plan, room, ids, transfer.RoomId, proof.Value), cancellationToken);
            await MarkAsync(db, transfer, proof.Value, cancellationToken);
            feed.Announce($"run:{run.Id}");
            feed.Announce($"batch:{batchId}");
        }
    }

    private static Task<int> MarkAsync(PortalDbContext db, RoomTransfer transfer, RoomResult proof, CancellationToken cancellationToken)
    {
        var state = proof.Grade is Grade.Perfect or Grade.Good ? TransferState.Done : TransferState.DoneWithFindings;
        var findings = VerificationSummary.FindingCount(proof);
        return db.Set<RoomTransfer>().Where(x => x.Id == transfer.Id && x.Revision == transfer.Revision).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.State, state)
                .SetProperty(x => x.Grade, (Grade?)proof.Grade)
                .SetProperty(x => x.FindingCount, findings)
                .SetProperty(x => x.Revision, x => x.Revision + 1),
            cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Batch {Batch}: “{Room}” could not be verified again: {Reason}")]
    private static partial void LogNotProven(ILogger logger, long batch, string room, string reason);
}
