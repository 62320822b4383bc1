using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Verification;

/// <summary>Keeps the proof of a room, older ones beside it, and brings its line of the side-by-side list up to it.</summary>
internal sealed class RecordVerification(IDbContextFactory<PortalDbContext> databases, RefreshPairHandler refresh, LiveFeed feed, TimeProvider time) : IRoomResults
{
    public async Task HandleAsync(ProvenRoom proven, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // What an older plan made of the room is no news beside the newer one's.
        if (await RunQueries.All(db).AnyAsync(x => x.BatchId == proven.Run.BatchId && x.Id > proven.Run.Id, cancellationToken))
            return;
        var category = proven.Plan.Categories.First(x => x.Guid == proven.Room.Category);
        var nodeId = proven.Ids.Nodes[proven.Room.Guid];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await refresh.HandleAsync(db, new RefreshPair(proven.PoolPairId, proven.Room, category, nodeId, proven.Proof), cancellationToken);

        db.Add(new RoomVerification
        {
            RunId = proven.Run.Id,
            BatchId = proven.Run.BatchId,
            RoomId = proven.RoomId,
            Grade = proven.Proof.Grade,
            VerifiedAt = time.GetUtcNow(),
            Proof = proven.Proof,
            Differences = VerificationSummary.PairDifferences(proven.Proof),
            MessageDifference = VerificationSummary.Messages(proven.Proof),
            NewMessageCount = proven.Proof.New.Count,
            EqualMessageCount = proven.Proof.EqualCount,
            FindingCount = VerificationSummary.FindingCount(proven.Proof),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{proven.PoolPairId}");
    }
}
