using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Verification;

/// <summary>What the verification job does: room after room, each result kept at once. Called again after a lost node, it goes on with the rooms that are left.</summary>
internal sealed partial class VerifyRoomAgain(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    RecordVerification record,
    VerificationProgress progress,
    WaitOut waitOut,
    LiveFeed feed,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<VerifyRoomAgain> logger)
{
    public Task HandleAsync(long batchId, CancellationToken cancellationToken) =>
        waitOut.DoAsync($"The verification of batch {batchId}", token => WorkAsync(batchId, token), cancellationToken);

    private async Task WorkAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<VerificationRequest>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId && x.State == VerificationState.Running, cancellationToken) is not { } request)
            return;
        var error = await VerifyAsync(db, request, cancellationToken);
        await progress.EndAsync(request, error, cancellationToken);
    }

    /// <returns>A sentence where not every room could be verified.</returns>
    private async Task<Wording?> VerifyAsync(PortalDbContext db, VerificationRequest request, CancellationToken cancellationToken)
    {
        var run = await RunQueries.All(db).SingleAsync(x => x.Id == request.RunId, cancellationToken);
        var pairId = await BatchReads.All(db).Where(x => x.Id == request.BatchId).Select(x => x.PoolPairId).SingleAsync(cancellationToken);
        if (catalog.Find(pairId) is not { } pair)
            return new("pool-pair-not-found.verify", pairId);
        if (await new TransferJournal(request.BatchId, databases, time).FindAllocationAsync(cancellationToken) is not { } ids)
            return null;

        var plan = PlanDocument.Read(run.Document);
        var (left, total) = await FindLeftAsync(db, request, cancellationToken);
        await progress.SetAsync(request, total, total - left.Count, cancellationToken);
        var failed = new List<(string Room, Refusal Refusal)>();
        for (var i = 0; i < left.Count; i++)
        {
            var room = new RoomToVerify(request, run, pair, plan, ids, left[i]);
            if ((await WaitAndVerifyAsync(room, cancellationToken)).Refusal is { } refusal)
            {
                failed.Add((left[i].RoomName, refusal));
                // A database that did not come back for this room would be waited for as long with each of the others.
                if (refusal.Kind == RefusalKind.Unavailable)
                    return new("Error.NotVerified", failed.Count + left.Count - i - 1, total, failed[0].Room, failed[0].Refusal);
            }
            else
                await progress.SetAsync(request, total, total - left.Count + i + 1 - failed.Count, cancellationToken);
        }

        return failed.Count == 0 ? null : new("Error.NotVerified", failed.Count, total, failed[0].Room, failed[0].Refusal);
    }

    private static async Task<(List<RoomTransfer> Left, int Total)> FindLeftAsync(PortalDbContext db, VerificationRequest request, CancellationToken cancellationToken)
    {
        var done = request.Rooms(db);
        var verified = db.Set<RoomVerification>().Where(x => x.RunId == request.RunId && x.VerifiedAt >= request.RequestedAt);
        var left = await done.Where(x => !verified.Any(v => v.RoomId == x.RoomId)).OrderBy(x => x.Ordinal).ToListAsync(cancellationToken);
        return (left, await done.CountAsync(cancellationToken));
    }

    private Task<Outcome<RoomResult>> WaitAndVerifyAsync(RoomToVerify room, CancellationToken cancellationToken)
    {
        var waiting = new Waiting($"The verification of batch {room.Request.BatchId}")
        {
            GiveUpAfter = options.Value.GiveUpAfter,
            TellAsync = (note, token) => progress.NoteAsync(room.Request, note, token),
        };
        return waitOut.DoAsync(waiting, token => VerifyAsync(room, token), cancellationToken);
    }

    private async Task<Outcome<RoomResult>> VerifyAsync(RoomToVerify work, CancellationToken cancellationToken)
    {
        var (pair, transfer, room) = (work.Pair, work.Transfer, work.Plan.Rooms[work.Transfer.Ordinal]);
        var proof = await RoomVerifier.VerifyAsync(pair.Legacy, pair.New, room, work.Plan, work.Ids, pair.Files, cancellationToken);
        if (!proof.IsDone)
        {
            LogNotProven(logger, work.Request.BatchId, transfer.RoomName, proof.Refusal.In(CultureInfo.InvariantCulture));
            return proof;
        }

        await record.HandleAsync(new ProvenRoom(work.Run, pair.Id, work.Plan, room, work.Ids, transfer.RoomId, proof.Value), cancellationToken);
        await MarkAsync(transfer, proof.Value, cancellationToken);
        feed.Announce($"run:{work.Run.Id}");
        feed.Announce(BatchSubject.Of(work.Request.BatchId));
        return proof;
    }

    private async Task MarkAsync(RoomTransfer transfer, RoomResult proof, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await TransferMoves.GradeAsync(db, transfer, proof, cancellationToken);
    }

    private sealed record RoomToVerify(VerificationRequest Request, Run Run, PoolPairConnections Pair, MigrationPlan Plan, IdAllocation Ids, RoomTransfer Transfer);

    [LoggerMessage(LogLevel.Warning, "Batch {Batch}: “{Room}” could not be verified again: {Reason}")]
    private static partial void LogNotProven(ILogger logger, long batch, string room, string reason);
}
