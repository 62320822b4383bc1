using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Working;

namespace MigrationPortal.Verification;

/// <summary>Keeps the proof of a room, older ones beside it, and brings its line of the side-by-side list up to it.</summary>
internal sealed class RecordVerification(IDbContextFactory<PortalDbContext> databases, RefreshPairHandler refresh, TimeProvider time) : IRoomResults
{
    public async Task HandleAsync(ProvenRoom proven, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // What an older plan made of the room is no news beside the newer one's.
        if (await RunQueries.All(db).AnyAsync(x => x.BatchId == proven.Run.BatchId && x.Id > proven.Run.Id, cancellationToken))
            return;
        // The list first: a proof that found more is never seen beside an acceptance that it voids.
        var category = proven.Plan.Categories.First(x => x.Guid == proven.Room.Category);
        var nodeId = proven.Ids.Nodes[proven.Room.Guid];
        await refresh.HandleAsync(new RefreshPair(proven.PoolPairId, proven.Room, category, nodeId, proven.Proof), cancellationToken);

        db.Add(new RoomVerification
        {
            RunId = proven.Run.Id,
            BatchId = proven.Run.BatchId,
            RoomId = proven.RoomId,
            Grade = proven.Proof.Grade,
            VerifiedAt = time.GetUtcNow(),
            Proof = proven.Proof,
            Differences = VerificationSummary.Differences(proven.Proof),
            MessageDifference = VerificationSummary.Messages(proven.Proof),
            NewMessageCount = proven.Proof.New.Count,
            EqualMessageCount = proven.Proof.EqualCount,
            FindingCount = VerificationSummary.FindingCount(proven.Proof),
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}
