using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs;

namespace MigrationPortal.Verification;

internal sealed class VerificationQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<BatchVerification> FindAsync(long batchId, Paging paging, CancellationToken cancellationToken, VerifiedKind kind = VerifiedKind.All)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Rooms may be verified in between: the grade is that of the rooms below it.
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var latest = Latest(db, batchId);
        var counts = await latest
            .GroupBy(x => new { x.Grade, IsAccepted = Accepted(db).Any(pair => pair.RoomId == x.RoomId) })
            .Select(x => new { x.Key.Grade, x.Key.IsAccepted, Rooms = x.Count(), Equal = x.Sum(v => v.EqualMessageCount), Last = x.Max(v => v.VerifiedAt) })
            .ToListAsync(cancellationToken);
        var total = counts.Sum(x => x.Rooms);
        var open = counts.Where(x => !x.IsAccepted && x.Grade > Grade.Good).Sum(x => x.Rooms);
        var accepted = counts.Where(x => x.IsAccepted && x.Grade > Grade.Good).Sum(x => x.Rooms);
        var shown = kind switch { VerifiedKind.Open => open, VerifiedKind.Accepted => accepted, VerifiedKind.Clean => total - open - accepted, _ => total };
        return new(
            total == 0 ? null : counts.Max(x => Current(x.Grade, x.IsAccepted)),
            await UnprovenAsync(db, batchId, latest, cancellationToken),
            open,
            counts.GroupBy(x => Current(x.Grade, x.IsAccepted)).ToDictionary(x => x.Key, x => x.Sum(c => c.Rooms)),
            counts.Sum(x => x.Equal),
            new Page<VerifiedRoom>(shown, await ListAsync(db, latest, kind, paging, cancellationToken)))
        {
            VerifiedAt = total == 0 ? null : counts.Max(x => x.Last),
            Accepted = accepted,
            State = await BatchReads.All(db).Where(x => x.Id == batchId).Select(x => (BatchState?)x.State).SingleOrDefaultAsync(cancellationToken),
        };
    }

    public async Task<IReadOnlyList<VerifiedRoom>> ListAsync(long batchId, VerifiedKind kind, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ListAsync(db, Latest(db, batchId), kind, paging, cancellationToken);
    }

    /// <summary>All of that kind, worst first.</summary>
    public async IAsyncEnumerable<VerifiedRoom> StreamAsync(long batchId, VerifiedKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var row in Rows(db, Latest(db, batchId), kind).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return row.Read();
    }

    /// <summary>What the approved plans themselves changed, most frequent first; also files that the legacy side lacked.</summary>
    public async Task<IReadOnlyList<ExpectedDifference>> ListExpectedAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<ExpectedDifference>($"""
            select e->>'byRule' as "Code", e->>'property' as "Property", count(*) as "Count", count(distinct v.room_id) as "Rooms"
            from (select distinct on (room_id) room_id, proof from portal.room_verifications where batch_id = {batchId} order by room_id, run_id desc, id desc) v,
                jsonb_array_elements(v.proof->'settings') e
            where e->>'byRule' is not null
            group by 1, 2 order by 3 desc, 1, 2
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Grades of several batches at once, and how many of their rooms have differences that nobody accepted.</summary>
    public async Task<IReadOnlyDictionary<long, (Grade Grade, int Open)>> ListGradesAsync(IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var proofs = db.Set<RoomVerification>().Where(x => batchIds.Contains(x.BatchId));
        var counts = await proofs
            .Where(x => !proofs.Any(later => later.BatchId == x.BatchId && later.RoomId == x.RoomId && (later.RunId > x.RunId || (later.RunId == x.RunId && later.Id > x.Id))))
            .GroupBy(x => new { x.BatchId, x.Grade, IsAccepted = Accepted(db).Any(pair => pair.RoomId == x.RoomId) })
            .Select(x => new { x.Key.BatchId, x.Key.Grade, x.Key.IsAccepted, Rooms = x.Count() })
            .ToListAsync(cancellationToken);
        return counts.GroupBy(x => x.BatchId).ToDictionary(
            x => x.Key, x => (x.Max(c => Current(c.Grade, c.IsAccepted)), x.Where(c => !c.IsAccepted && c.Grade > Grade.Good).Sum(c => c.Rooms)));
    }

    /// <summary>The latest request to verify all rooms again, whatever became of it.</summary>
    public async Task<VerificationRequest?> FindRequestAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<VerificationRequest>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The latest proof of each room of a batch, by the newest plan that it ran with.</summary>
    public static IQueryable<RoomVerification> Latest(PortalDbContext db, long batchId)
    {
        var proofs = db.Set<RoomVerification>().Where(x => x.BatchId == batchId);
        return proofs.Where(x => !proofs.Any(later => later.RoomId == x.RoomId && (later.RunId > x.RunId || (later.RunId == x.RunId && later.Id > x.Id))));
    }

    /// <summary>Rooms that differ only in what somebody accepted; each scan and each proof decides that again.</summary>
    public static IQueryable<RoomPair> Accepted(PortalDbContext db) => RoomSelection.Current(db).Where(x => x.Comparison == Comparison.Accepted);

    private static Grade Current(Grade grade, bool isAccepted) => isAccepted && grade > Grade.Good ? Grade.Good : grade;

    private static async Task<List<VerifiedRoom>> ListAsync(PortalDbContext db, IQueryable<RoomVerification> latest, VerifiedKind kind, Paging paging, CancellationToken cancellationToken) =>
        (await Rows(db, latest, kind).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken)).ConvertAll(x => x.Read());

    private static IQueryable<VerifiedRow> Rows(PortalDbContext db, IQueryable<RoomVerification> latest, VerifiedKind kind) =>
        from proof in latest.AsNoTracking()
        join room in RoomQueries.All(db) on proof.RoomId equals room.Id
        let name = RunQueries.Transfers(db).Where(x => x.RunId == proof.RunId && x.RoomId == proof.RoomId).Select(x => x.RoomName).FirstOrDefault()
        from proposal in AcceptanceProposals.Live(db).Where(x => x.RoomId == proof.RoomId).DefaultIfEmpty()
        let isAccepted = proof.Differences.Count > 0 && Accepted(db).Any(x => x.RoomId == proof.RoomId)
        let rank = proof.Grade == Grade.Poor ? 3 : proof.Grade == Grade.Investigate ? 2 : proof.Grade == Grade.Good ? 1 : 0
        where kind == VerifiedKind.All || kind == VerifiedKind.Open && rank > 1 && !isAccepted
            || kind == VerifiedKind.Accepted && rank > 1 && isAccepted || kind == VerifiedKind.Clean && rank <= 1
        orderby rank > 1 && !isAccepted descending, rank descending, proof.FindingCount descending, name, proof.Id
        select new VerifiedRow
        {
            Proof = proof, Name = name, IsAccepted = isAccepted, AcceptedBy = room.AcceptedBy, AcceptedAt = room.AcceptedAt, AcceptedReason = room.AcceptedReason,
            ConfirmedBy = room.AcceptedConfirmedBy, Proposal = proposal,
        };

    private static async Task<int> UnprovenAsync(PortalDbContext db, long batchId, IQueryable<RoomVerification> latest, CancellationToken cancellationToken)
    {
        var run = await RunQueries.All(db).Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken);
        return await RunQueries.Transfers(db).CountAsync(x => x.RunId == run && !latest.Any(proof => proof.RoomId == x.RoomId), cancellationToken);
    }
}
