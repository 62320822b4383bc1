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
/// <param name="Name">Of the batch or the room.</param>
/// <param name="Excluded">Whoever created or ran the batch.</param>
internal sealed record WaitingProposals(long? BatchId, long RoomId, string PoolPairId, string Name, IReadOnlyList<AcceptanceProposal> Proposals, IReadOnlySet<string> Excluded);

internal sealed class ProposalQueries(IDbContextFactory<PortalDbContext> databases)
{
    // The oldest; who decides about them sees the rest.
    private const int Most = 2_000;

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
        var open = await (
            from proposal in AcceptanceProposals.Live(db)
            join pair in RoomSelection.Current(db) on proposal.RoomId equals pair.RoomId
            where poolPairId == null || proposal.PoolPairId == poolPairId
            orderby proposal.At, proposal.Id
            select new
            {
                Proposal = proposal,
                Name = pair.LegacyName ?? pair.NewName ?? "",
                BatchId = BatchOfRooms(db).Where(x => x.RoomId == proposal.RoomId).Select(x => (long?)x.BatchId).FirstOrDefault(),
            }).Take(Most).ToListAsync(cancellationToken);
        var ids = open.Select(x => x.BatchId).OfType<long>().Distinct().ToArray();
        var batches = await BatchReads.All(db).Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
        var starters = await RunQueries.All(db).Where(x => ids.Contains(x.BatchId)).Select(x => new { x.BatchId, x.StartedBy }).Distinct().ToListAsync(cancellationToken);
        return
        [
            .. open.GroupBy(x => (x.BatchId, Room: x.BatchId is null ? x.Proposal.RoomId : 0)).Select(x => new WaitingProposals(
                x.Key.BatchId,
                x.Key.Room,
                x.First().Proposal.PoolPairId,
                x.Key.BatchId is { } batch ? batches[batch].Name : x.First().Name,
                [.. x.Select(one => one.Proposal)],
                x.Key.BatchId is { } id ? starters.Where(run => run.BatchId == id).Select(run => run.StartedBy).Append(batches[id].Author).ToHashSet(StringComparer.Ordinal) : new HashSet<string>())),
        ];
    }

    /// <summary>The newest batch that verified a room and was not undone.</summary>
    public static IQueryable<BatchOfRoom> BatchOfRooms(PortalDbContext db) => (
        from held in BatchReads.Rooms(db)
        join batch in BatchReads.All(db) on held.BatchId equals batch.Id
        where batch.State != BatchState.Undone && db.Set<RoomVerification>().Any(x => x.BatchId == held.BatchId && x.RoomId == held.RoomId)
        group held.BatchId by held.RoomId into of
        select new BatchOfRoom { RoomId = of.Key, BatchId = of.Max() });
}

internal sealed class BatchOfRoom
{
    public required long RoomId { get; init; }
    public required long BatchId { get; init; }
}
