using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs;

namespace MigrationPortal.Verification;

/// <summary>The latest proof of one room of a batch.</summary>
internal sealed record VerifiedRoom(long RoomId, string RoomName, Grade Grade, DateTimeOffset VerifiedAt, RoomProof Proof);

/// <param name="Grade">Its worst room's; null before any room was proven.</param>
/// <param name="Rooms">Worst first.</param>
internal sealed record BatchVerification(Grade? Grade, int Unproven, IReadOnlyList<VerifiedRoom> Rooms);

internal sealed class VerificationQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<BatchVerification> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var latest = db.Set<RoomVerification>().Where(x => x.BatchId == batchId).GroupBy(x => x.RoomId).Select(x => x.Max(v => v.Id));
        var proofs = await db.Set<RoomVerification>().AsNoTracking().Where(x => latest.Contains(x.Id)).ToListAsync(cancellationToken);
        var run = await db.Set<Run>().Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken);
        var names = await db.Set<RoomTransfer>().Where(x => x.RunId == run).ToDictionaryAsync(x => x.RoomId, x => x.RoomName, cancellationToken);
        var rooms = proofs
            .Select(x => new VerifiedRoom(x.RoomId, names.GetValueOrDefault(x.RoomId, ""), x.Grade, x.VerifiedAt, x.Proof))
            .OrderByDescending(x => x.Grade).ThenByDescending(x => x.Proof.MismatchCount).ThenBy(x => x.RoomName, StringComparer.Ordinal)
            .ToList();
        return new(rooms.Count == 0 ? null : rooms[0].Grade, names.Keys.Except(rooms.Select(x => x.RoomId)).Count(), rooms);
    }
}
