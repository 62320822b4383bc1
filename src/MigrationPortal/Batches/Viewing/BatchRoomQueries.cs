using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Viewing;

internal sealed record BatchRoomRow
{
    public required long RoomId { get; init; }
    public required string Category { get; init; }
    public string? LegacyName { get; init; }
    /// <summary>What people chose; null is named by rule.</summary>
    public string? NewName { get; init; }
    public long? MessageCount { get; init; }
    public int? MemberCount { get; init; }
    public int? ManagerCount { get; init; }
    public string? Privacy { get; init; }
    public Comparison? Comparison { get; init; }
    public bool IsGone { get; init; }
    public Severity? Worst { get; init; }
}

/// <summary>The rooms of one batch as the last scan saw them.</summary>
internal sealed class BatchRoomQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Page<BatchRoomRow>> ListAsync(long batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rooms = Rows(db, batchId);
        var total = await db.Set<BatchRoom>().LongCountAsync(x => x.BatchId == batchId, cancellationToken);
        var items = await rooms
            .OrderBy(x => x.Category).ThenBy(x => x.LegacyName).ThenBy(x => x.RoomId)
            .Skip(paging.Skip).Take(paging.Take)
            .ToListAsync(cancellationToken);
        return new(total, items);
    }

    private static IQueryable<BatchRoomRow> Rows(PortalDbContext db, long batchId)
    {
        var scans = PoolPairQueries.CurrentScans(db);
        return from inBatch in db.Set<BatchRoom>().AsNoTracking()
            join room in RoomQueries.All(db) on inBatch.RoomId equals room.Id
            join scan in scans on room.PoolPairId equals scan.PoolPairId
            from seen in RoomQueries.Pairs(db).Where(x => x.RoomId == room.Id && x.ScanId == scan.ScanId).DefaultIfEmpty()
            where inBatch.BatchId == batchId
            select new BatchRoomRow
            {
                RoomId = room.Id,
                Category = seen == null ? "" : seen.Category,
                LegacyName = seen == null ? null : seen.LegacyName,
                NewName = inBatch.NewName,
                MessageCount = seen == null ? null : seen.LegacyMessageCount,
                MemberCount = seen == null ? null : seen.LegacyMemberCount,
                ManagerCount = seen == null ? null : seen.LegacyManagerCount,
                Privacy = seen == null ? null : seen.LegacyPrivacy,
                Comparison = seen == null ? null : seen.Comparison,
                IsGone = seen == null || seen.IsVanished || seen.LegacyNodeId == null,
                Worst = db.Set<BatchFinding>().Any(x => x.BatchId == batchId && x.RoomId == room.Id && x.Severity == Severity.Blocker)
                    ? Severity.Blocker
                    : db.Set<BatchFinding>().Any(x => x.BatchId == batchId && x.RoomId == room.Id && x.Severity == Severity.Warning)
                        ? Severity.Warning
                        : db.Set<BatchFinding>().Any(x => x.BatchId == batchId && x.RoomId == room.Id) ? Severity.Info : null,
            };
    }
}
