using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Verification;

/// <summary>Says that what a proof found may stay so.</summary>
/// <param name="ProofId">The proof that was read; null takes every room of the batch whose differences nobody accepted or proposed to accept yet, all or none.</param>
internal sealed record AcceptFindings(long BatchId, long? ProofId, string? Reason);

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
        var rooms = request.ProofId is { } proof
            ? await FindAsync(db, batch, proof, cancellationToken)
            : await ListOpenAsync(db, batch, cancellationToken);
        return rooms.IsDone
            ? await accept.HandleAsync(new AcceptDifferences(rooms.Value, request.Reason), caller, cancellationToken)
            : rooms.Refusal;
    }

    private static async Task<Outcome<long[]>> FindAsync(PortalDbContext db, Batch batch, long proofId, CancellationToken cancellationToken)
    {
        var latest = VerificationQueries.Latest(db, batch.Id);
        var proof = await db.Set<RoomVerification>().Where(x => x.Id == proofId && x.BatchId == batch.Id)
            .Select(x => new { x.RoomId, IsLatest = latest.Any(y => y.Id == x.Id) }).FirstOrDefaultAsync(cancellationToken);
        if (proof is null)
            return new Refusal("finding-not-found.verification", RefusalKind.NotFound, batch.Name, $"{proofId}");
        return proof.IsLatest
            ? new[] { proof.RoomId }
            : new Refusal("proof-superseded", RefusalKind.Conflict);
    }

    private static async Task<Outcome<long[]>> ListOpenAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var open = await VerificationQueries.Latest(db, batch.Id)
            .Where(x => (x.Grade == Grade.Investigate || x.Grade == Grade.Poor) && !VerificationQueries.Accepted(db).Any(pair => pair.RoomId == x.RoomId))
            .Select(x => new { x.RoomId, IsProposed = AcceptanceProposals.Live(db).Any(proposal => proposal.RoomId == x.RoomId) }).ToListAsync(cancellationToken);
        if (open.Exists(x => !x.IsProposed))
            return open.Where(x => !x.IsProposed).Select(x => x.RoomId).ToArray();
        return new Refusal(open.Count > 0 ? "acceptance-proposed.batch" : "not-different.batch", RefusalKind.Conflict, batch.Name);
    }
}
