using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms;

internal sealed class RoomQueries(IDbContextFactory<PortalDbContext> contexts)
{
    private const int Part = 1000;

    /// <summary>Every room, for other queries to join.</summary>
    public static IQueryable<Room> All(PortalDbContext db) => db.Set<Room>().AsNoTracking();

    /// <summary>What each scan saw, for other queries to join.</summary>
    public static IQueryable<RoomPair> Pairs(PortalDbContext db) => db.Set<RoomPair>().AsNoTracking();

    public async Task<IReadOnlyList<RoomRow>> ListAsync(RoomFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // First which, then what: sorting 33 000 numbers is cheaper than sorting as many wide rows for fifty of them.
        var ids = await RoomSelection.Matching(db, filter).OrderedBy(db, filter).Select(x => x.RoomId).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        var rows = await ReadAsync(db, filter.PoolPairId, ids, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id].Row)];
    }

    /// <summary>All that match, as they are at one moment; rows are read in parts, so that only the ids of all are in memory.</summary>
    public async IAsyncEnumerable<RoomRow> StreamAsync(RoomFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var ids = await RoomSelection.Matching(db, filter).OrderedBy(db, filter).Select(x => x.RoomId).ToListAsync(cancellationToken);
        foreach (var part in ids.Chunk(Part))
        {
            var rows = await ReadAsync(db, filter.PoolPairId, [.. part], cancellationToken);
            foreach (var id in part.Where(rows.ContainsKey))
                yield return rows[id].Row;
        }
    }

    public async Task<IReadOnlyList<RoomCount>> CountAsync(RoomFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.MatchingAnyComparison(db, filter)
            .GroupBy(x => x.Comparison)
            .Select(g => new RoomCount(g.Key, g.LongCount(), g.Sum(x => x.LegacyMessageCount ?? 0)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Rooms of the current scan; the same until the next.</summary>
    public async Task<long> CountAllAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.Of(db, poolPairId).LongCountAsync(cancellationToken);
    }

    /// <summary>All that match, for "select all": at most a pool's rooms, about 33 000 numbers.</summary>
    public async Task<IReadOnlyList<long>> ListIdsAsync(RoomFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.Matching(db, filter).Select(x => x.RoomId).ToListAsync(cancellationToken);
    }

    /// <summary>How those of them differ that do, for whoever accepts it.</summary>
    public async Task<IReadOnlyDictionary<long, string?>> ListDifferenceKeysAsync(RoomFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var different = await RoomSelection.Matching(db, filter).Where(x => x.Comparison == Comparison.Different)
            .Select(x => new { x.RoomId, x.Differences, x.MessageDifference }).ToListAsync(cancellationToken);
        return different.ToDictionary(x => x.RoomId, x => DifferenceKey.Of(Comparison.Different, x.Differences, x.MessageDifference));
    }

    public async Task<IReadOnlyList<string>> ListCategoriesAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RoomSelection.Of(db, poolPairId).Select(pair => pair.Category).Distinct().OrderBy(x => x).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Place, RoomCount>> CountByPlaceAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = new Dictionary<Place, RoomCount>();
        foreach (var place in Enum.GetValues<Place>())
        {
            counts[place] = await RoomSelection.Matching(db, new RoomFilter { PoolPairId = poolPairId, Place = place }).GroupBy(_ => 1)
                .Select(g => new RoomCount(Comparison.OnlyLegacy, g.LongCount(), g.Sum(x => x.LegacyMessageCount ?? 0)))
                .SingleOrDefaultAsync(cancellationToken) ?? new RoomCount(Comparison.OnlyLegacy, 0, 0);
        }

        return counts;
    }

    public async Task<RoomView?> FindAsync(long roomId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var poolPairId = await db.Set<Room>().Where(x => x.Id == roomId).Select(x => x.PoolPairId).FirstOrDefaultAsync(cancellationToken);
        if (poolPairId is null || (await ReadAsync(db, poolPairId, [roomId], cancellationToken)).GetValueOrDefault(roomId) is not { } found)
            return null;
        var lines = await db.Set<RoomPairProperties>().AsNoTracking()
            .FirstOrDefaultAsync(x => x.ScanId == found.Pair.ScanId && x.RoomId == roomId, cancellationToken);
        return new RoomView
        {
            PoolPairId = poolPairId,
            ScanId = found.Pair.ScanId,
            LegacyNodeId = found.Pair.LegacyNodeId,
            NewNodeId = found.Pair.NewNodeId,
            Row = found.Row,
            Properties = lines?.Lines ?? [],
        };
    }

    private static async Task<Dictionary<long, FoundRoom>> ReadAsync(PortalDbContext db, string poolPairId, List<long> ids, CancellationToken cancellationToken)
    {
        var found = await (
            from pair in RoomSelection.Of(db, poolPairId).AsNoTracking()
            join room in db.Set<Room>() on pair.RoomId equals room.Id
            join held in db.Set<RoomHold>() on room.Id equals held.RoomId into holds
            from hold in holds.DefaultIfEmpty()
            from proposal in AcceptanceProposals.Live(db).Where(x => x.RoomId == room.Id).DefaultIfEmpty()
            where ids.Contains(pair.RoomId)
            select new { Pair = pair, Room = room, BatchId = (long?)hold.BatchId, BatchName = (string?)hold.BatchName, Proposal = proposal }).ToListAsync(cancellationToken);
        return found.ToDictionary(x => x.Pair.RoomId, x => new FoundRoom(x.Pair, RoomRows.Of(x.Pair, x.Room, x.BatchId, x.BatchName, x.Proposal)));
    }

    private sealed record FoundRoom(RoomPair Pair, RoomRow Row);
}
