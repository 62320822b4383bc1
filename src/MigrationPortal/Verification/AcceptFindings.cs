using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Verification;

/// <summary>Says that what a proof found may stay so.</summary>
/// <param name="VerificationId">The proof that was read; null takes every room of the batch whose differences nobody accepted or proposed to accept yet.</param>
internal sealed record AcceptFindings(long BatchId, long? VerificationId, string? Reason)
{
    /// <summary>Of the latest proof that was read: rooms that were verified after it are left. Null takes what was found until now.</summary>
    public DateTimeOffset? SeenUntil { get; init; }
}

internal sealed class AcceptFindingsHandler(IDbContextFactory<PortalDbContext> databases, AcceptDifferencesHandler accept)
{
    private const string Doing = "accept-difference";

    public async Task<Outcome<AcceptedDifferences>> HandleAsync(AcceptFindings request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, Doing, Role.Planner, Role.Approver) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Planner, Role.Approver], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        // Before the proofs: what a verification finds from here on is not what was read.
        var keys = await KeysAsync(db, batch, cancellationToken);
        var rooms = request.VerificationId is { } proof
            ? await FindAsync(db, batch, proof, cancellationToken)
            : await ListOpenAsync(db, batch, request.SeenUntil, cancellationToken);
        if (!rooms.IsDone)
            return rooms.Refusal;
        var (ids, later) = rooms.Value;
        var outcome = await accept.HandleAsync(new AcceptDifferences(ids, request.Reason) { Seen = keys, OnlyFitting = request.VerificationId is null }, caller, cancellationToken);
        return outcome.IsDone && later > 0 ? outcome.Value with { Left = LeftRooms.Merge(outcome.Value.Left, [new(RoomFit.Changed, later)]) } : outcome;
    }

    private static async Task<Dictionary<long, string?>> KeysAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var proven = VerificationQueries.Latest(db, batch.Id).Select(x => x.RoomId);
        var pairs = await RoomSelection.Of(db, batch.PoolPairId).Where(x => x.Comparison == Comparison.Different && proven.Contains(x.RoomId))
            .Select(x => new { x.RoomId, x.Differences, x.MessageDifference }).ToListAsync(cancellationToken);
        return pairs.ToDictionary(x => x.RoomId, x => DifferenceKey.Of(Comparison.Different, x.Differences, x.MessageDifference));
    }

    private static async Task<Outcome<(long[] Rooms, int Later)>> FindAsync(PortalDbContext db, Batch batch, long proofId, CancellationToken cancellationToken)
    {
        var latest = VerificationQueries.Latest(db, batch.Id);
        var proof = await db.Set<RoomVerification>().Where(x => x.Id == proofId && x.BatchId == batch.Id)
            .Select(x => new { x.RoomId, IsLatest = latest.Any(y => y.Id == x.Id) }).FirstOrDefaultAsync(cancellationToken);
        if (proof is null)
            return new Refusal("finding-not-found.verification", RefusalKind.NotFound, batch.Name, $"{proofId}");
        return proof.IsLatest
            ? (new[] { proof.RoomId }, 0)
            : new Refusal("proof-superseded", RefusalKind.Conflict);
    }

    private static async Task<Outcome<(long[] Rooms, int Later)>> ListOpenAsync(PortalDbContext db, Batch batch, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var open = await VerificationQueries.Latest(db, batch.Id)
            .Where(x => (x.Grade == Grade.Investigate || x.Grade == Grade.Poor) && !VerificationQueries.Accepted(db).Any(pair => pair.RoomId == x.RoomId))
            .Select(x => new { x.RoomId, x.VerifiedAt, IsProposed = AcceptanceProposals.Live(db).Any(proposal => proposal.RoomId == x.RoomId) }).ToListAsync(cancellationToken);
        var free = open.FindAll(x => !x.IsProposed);
        long[] seen = [.. free.Where(x => until is null || x.VerifiedAt <= until).Select(x => x.RoomId)];
        if (seen.Length > 0)
            return (seen, free.Count - seen.Length);
        return free.Count > 0
            ? new Refusal("differences-changed.batch", RefusalKind.Stale, batch.Name)
            : new Refusal(open.Count > 0 ? "acceptance-proposed.batch" : "not-different.batch", RefusalKind.Conflict, batch.Name);
    }
}
