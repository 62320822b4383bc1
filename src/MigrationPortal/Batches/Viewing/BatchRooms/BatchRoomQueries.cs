using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Viewing.BatchRooms;

public sealed record BatchRoomRow
{
    public required long RoomId { get; init; }
    public required string Category { get; init; }
    public string? LegacyName { get; init; }
    /// <summary>What people chose; null is named by rule.</summary>
    public string? NewName { get; init; }
    public long? MessageCount { get; init; }
    public int? MemberCount { get; init; }
    public int? ManagerCount { get; init; }
    public bool IsGone { get; init; }
    public Severity? Worst { get; init; }
}

/// <param name="Clear">Rooms without any finding.</param>
internal sealed record BatchRoomCounts(int Blocker, int Warning, int Info, int Clear)
{
    public int All => Blocker + Warning + Info + Clear;
}

/// <summary>The rooms of one batch as the last scan saw them. A batch may have all rooms of a pool: everything is filtered and counted in SQL.</summary>
internal sealed class BatchRoomQueries(IDbContextFactory<PortalDbContext> databases, IEnumerable<IBatchRoomFacet> facets)
{
    public async Task<Page<BatchRoomRow>> ListAsync(long batchId, BatchRoomFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rooms = Filtered(db, batchId, filter);
        var total = await rooms.LongCountAsync(cancellationToken);
        return new(total, await rooms.OrderBy(x => x.Category).ThenBy(x => x.LegacyName).ThenBy(x => x.RoomId).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }

    public async IAsyncEnumerable<BatchRoomRow> StreamAsync(long batchId, BatchRoomFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rooms = Filtered(db, batchId, filter).OrderBy(x => x.Category).ThenBy(x => x.LegacyName).ThenBy(x => x.RoomId);
        await foreach (var room in rooms.AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return room;
    }

    /// <summary>All that the filter shows, whatever page.</summary>
    public async Task<long[]> ListIdsAsync(long batchId, BatchRoomFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Filtered(db, batchId, filter).Select(x => x.RoomId).ToArrayAsync(cancellationToken);
    }

    /// <summary>Which of these the batch still has.</summary>
    public async Task<long[]> HeldAsync(long batchId, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = roomIds.ToArray();
        return await db.Set<BatchRoom>().Where(x => x.BatchId == batchId && ids.Contains(x.RoomId)).Select(x => x.RoomId).ToArrayAsync(cancellationToken);
    }

    /// <summary>What people chose for those of them that are not named by rule.</summary>
    public async Task<Dictionary<long, string?>> NewNamesAsync(long batchId, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = roomIds.ToArray();
        return await db.Set<BatchRoom>().Where(x => x.BatchId == batchId && ids.Contains(x.RoomId) && x.NewName != null).ToDictionaryAsync(x => x.RoomId, x => x.NewName, cancellationToken);
    }

    /// <summary>Rooms by their worst finding.</summary>
    public async Task<BatchRoomCounts> CountAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.Database.SqlQuery<BatchRoomCounts>($"""
            SELECT count(*) FILTER (WHERE f.worst = 1)::int AS "Blocker", count(*) FILTER (WHERE f.worst = 2)::int AS "Warning",
                count(*) FILTER (WHERE f.worst = 3)::int AS "Info", count(*) FILTER (WHERE f.worst IS NULL)::int AS "Clear"
            FROM portal.batch_rooms r
            LEFT JOIN (
                SELECT room_id, min(array_position(ARRAY['Blocker', 'Warning', 'Info'], severity::text)) AS worst
                FROM portal.batch_findings WHERE batch_id = {batchId} AND room_id IS NOT NULL GROUP BY room_id) f ON f.room_id = r.room_id
            WHERE r.batch_id = {batchId}
            """).ToListAsync(cancellationToken))[0];
    }

    /// <summary>Rooms by what later features know of them.</summary>
    public async Task<IReadOnlyList<RoomFacetValue>> CountFacetsAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var values = new List<RoomFacetValue>();
        foreach (var facet in facets)
            values.AddRange(await facet.CountAsync(db, batchId, cancellationToken));
        return values;
    }

    /// <summary>Why it cannot be filtered so; null where it can.</summary>
    public Refusal? FindRefusal(BatchRoomFilter filter) =>
        facets.Select(x => filter.ValueOf(x.Name) is { Length: > 0 } value ? x.FindRefusal(value) : null).FirstOrDefault(x => x is not null);

    private IQueryable<BatchRoomRow> Filtered(PortalDbContext db, long batchId, BatchRoomFilter filter)
    {
        var findings = db.Set<BatchFinding>().Where(x => x.BatchId == batchId && x.RoomId != null);
        var rooms = Rows(db, batchId);
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var search = filter.Search.Trim();
            // Looked up once, not for each room: the lines of a plan have no index by room.
            var planned = PlanQueries.Newest(db, batchId)
                .Where(x => x.Kind == PlanItemKinds.Room && x.Property == "Name" && x.RoomId != null && SearchText.Contains(x.New ?? x.Subject, search))
                .Select(x => x.RoomId!.Value);
            rooms = rooms.Where(x => SearchText.Contains(x.LegacyName, search) || SearchText.Contains(x.Category, search) || SearchText.Contains(x.NewName, search)
                || (x.NewName == null && planned.Contains(x.RoomId)));
        }

        if (filter.Worst is { } worst)
        {
            rooms = rooms.Where(x => findings.Any(f => f.RoomId == x.RoomId && f.Severity == worst));
            if (worst != Severity.Blocker)
                rooms = rooms.Where(x => !findings.Any(f => f.RoomId == x.RoomId && f.Severity == Severity.Blocker));
            if (worst == Severity.Info)
                rooms = rooms.Where(x => !findings.Any(f => f.RoomId == x.RoomId && f.Severity == Severity.Warning));
        }

        foreach (var facet in facets)
        {
            if (filter.ValueOf(facet.Name) is { } value && facet.ListRooms(db, batchId, value) is { } ids)
                rooms = rooms.Where(x => ids.Contains(x.RoomId));
        }

        if (filter.Rule is { } rule)
            rooms = rooms.Where(x => findings.Any(f => f.RoomId == x.RoomId && f.RuleId == rule));
        if (filter.HasFinding)
            rooms = rooms.Where(x => findings.Any(f => f.RoomId == x.RoomId));
        return filter.IsClear ? rooms.Where(x => !findings.Any(f => f.RoomId == x.RoomId)) : rooms;
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
                IsGone = seen == null || seen.IsVanished || seen.LegacyNodeId == null,
                Worst = db.Set<BatchFinding>().Any(x => x.BatchId == batchId && x.RoomId == room.Id && x.Severity == Severity.Blocker)
                    ? Severity.Blocker
                    : db.Set<BatchFinding>().Any(x => x.BatchId == batchId && x.RoomId == room.Id && x.Severity == Severity.Warning)
                        ? Severity.Warning
                        : db.Set<BatchFinding>().Any(x => x.BatchId == batchId && x.RoomId == room.Id) ? Severity.Info : null,
            };
    }
}
