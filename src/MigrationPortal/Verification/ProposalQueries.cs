using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs;

namespace MigrationPortal.Verification;

/// <summary>Proposals of one person with one reason.</summary>
/// <param name="Since">The oldest of them.</param>
internal sealed record ProposalGroup(string By, string Reason, DateTimeOffset Since, long[] Ids);

/// <summary>Proposals that wait for a second person: of one batch, or of one room that no batch migrated.</summary>
/// <param name="RoomId">0 where it is a batch.</param>
/// <param name="Name">Of the batch or the room.</param>
/// <param name="Count">One for each room.</param>
/// <param name="Since">The oldest of them.</param>
/// <param name="By">Whoever proposed any of them.</param>
/// <param name="Reason">Of all of them; null where reasons or people differ.</param>
/// <param name="Excluded">Whoever created or ran the batch.</param>
internal sealed record WaitingProposals(
    long? BatchId, long RoomId, string PoolPairId, string Name, int Count, DateTimeOffset Since, long LastId, IReadOnlyList<string> By, string? Reason, IReadOnlySet<string> Excluded);

/// <summary>What one person said of some of the rooms.</summary>
internal sealed record ProposalNoteRow(string By, string Reason, DateTimeOffset At);

internal sealed class ProposalQueries(IDbContextFactory<PortalDbContext> databases)
{
    // Batches and single rooms that something waits in, the longest waiting first: more than anybody reads.
    private const int Most = 10_000;

    /// <summary>What waits for a second person in a batch; most rooms first.</summary>
    public async Task<IReadOnlyList<ProposalGroup>> ListAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var latest = VerificationQueries.Latest(db, batchId);
        // One reason may be that of every room of a pool: it is read once.
        return await AcceptanceProposals.Live(db).Where(x => latest.Any(proof => proof.RoomId == x.RoomId))
            .GroupBy(x => new { x.By, x.Reason }).OrderByDescending(x => x.Count()).ThenBy(x => x.Min(one => one.Id))
            .Select(x => new ProposalGroup(x.Key.By, x.Key.Reason, x.Min(one => one.At), EF.Functions.ArrayAgg(x.Select(one => one.Id)))).ToListAsync(cancellationToken);
    }

    /// <summary>What waits for a second person, for everybody.</summary>
    public async Task<IReadOnlyList<WaitingProposals>> ListWaitingAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // A batch of the whole pool may have a proposal for each room: they are counted, not read.
        var open = await Places(db).Where(x => poolPairId == null || x.PoolPairId == poolPairId)
            .GroupBy(x => new { x.BatchId, Room = x.BatchId == null ? x.RoomId : 0 })
            .Select(x => new
            {
                x.Key.BatchId,
                x.Key.Room,
                PoolPairId = x.Min(one => one.PoolPairId)!,
                Name = x.Min(one => one.RoomName)!,
                Count = x.Count(),
                Since = x.Min(one => one.At),
                LastId = x.Max(one => one.Id),
                By = EF.Functions.ArrayAgg(x.Select(one => one.By).Distinct()),
                FirstReason = x.Min(one => one.Reason)!,
                LastReason = x.Max(one => one.Reason)!,
            })
            .OrderBy(x => x.Since).ThenBy(x => x.LastId).Take(Most).ToListAsync(cancellationToken);
        var ids = open.Select(x => x.BatchId).OfType<long>().Distinct().ToArray();
        var batches = await BatchReads.All(db).Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
        var starters = await RunQueries.All(db).Where(x => ids.Contains(x.BatchId)).Select(x => new { x.BatchId, x.StartedBy }).Distinct().ToListAsync(cancellationToken);
        var startersOf = starters.ToLookup(x => x.BatchId, x => x.StartedBy);
        return
        [
            .. open.Select(x => new WaitingProposals(
                x.BatchId,
                x.Room,
                x.PoolPairId,
                x.BatchId is { } batch ? batches[batch].Name : x.Name,
                x.Count,
                x.Since,
                x.LastId,
                x.By,
                x.By.Length == 1 && x.FirstReason == x.LastReason ? x.FirstReason : null,
                x.BatchId is { } id ? startersOf[id].Append(batches[id].Author).ToHashSet(StringComparer.Ordinal) : new HashSet<string>())),
        ];
    }

    /// <summary>What was said of these proposals, the oldest first, each thing once.</summary>
    public async Task<IReadOnlyList<ProposalNoteRow>> ListNotesAsync(WaitingProposals waiting, int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Places(db).Where(x => x.BatchId == waiting.BatchId && (waiting.BatchId != null || x.RoomId == waiting.RoomId))
            .GroupBy(x => new { x.By, x.Reason }).OrderBy(x => x.Min(one => one.Id)).Take(most)
            .Select(x => new ProposalNoteRow(x.Key.By, x.Key.Reason, x.Min(one => one.At))).ToListAsync(cancellationToken);
    }

    private static IQueryable<ProposalPlace> Places(PortalDbContext db) =>
        from proposal in AcceptanceProposals.Live(db)
        join pair in RoomSelection.Current(db) on proposal.RoomId equals pair.RoomId
        join of in BatchOfRooms(db) on proposal.RoomId equals of.RoomId into batches
        from batch in batches.DefaultIfEmpty()
        select new ProposalPlace
        {
            Id = proposal.Id,
            RoomId = proposal.RoomId,
            RoomName = pair.LegacyName ?? pair.NewName ?? "",
            PoolPairId = proposal.PoolPairId,
            By = proposal.By,
            Reason = proposal.Reason,
            At = proposal.At,
            BatchId = batch == null ? null : (long?)batch.BatchId,
        };

    /// <summary>The newest batch that verified a room and was not undone.</summary>
    public static IQueryable<BatchOfRoom> BatchOfRooms(PortalDbContext db) => (
        from held in BatchReads.Rooms(db)
        join batch in BatchReads.All(db) on held.BatchId equals batch.Id
        where batch.State != BatchState.Undone && db.Set<RoomVerification>().Any(x => x.BatchId == held.BatchId && x.RoomId == held.RoomId)
        group held.BatchId by held.RoomId into of
        select new BatchOfRoom { RoomId = of.Key, BatchId = of.Max() });
}

internal sealed class ProposalPlace
{
    public required long Id { get; init; }
    public required long RoomId { get; init; }
    public required string RoomName { get; init; }
    public required string PoolPairId { get; init; }
    public required string By { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public required long? BatchId { get; init; }
}

internal sealed class BatchOfRoom
{
    public required long RoomId { get; init; }
    public required long BatchId { get; init; }
}
