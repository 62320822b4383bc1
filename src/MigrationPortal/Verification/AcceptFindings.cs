using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Verification;

/// <summary>Says that what a proof found may stay so.</summary>
/// <param name="ProofId">The proof that was read; null takes every room of the batch whose differences nobody accepted yet, all or none.</param>
internal sealed record AcceptFindings(long BatchId, long? ProofId, string? Reason);

internal sealed class AcceptFindingsHandler(IDbContextFactory<PortalDbContext> databases, AcceptDifferencesHandler accept, BatchTimeline timeline)
{
    private const string Doing = "accept-difference";

    /// <returns>How many rooms.</returns>
    public async Task<Outcome<int>> HandleAsync(AcceptFindings request, Caller caller, CancellationToken cancellationToken)
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
        if (!rooms.IsDone)
            return rooms.Refusal;

        var accepted = await accept.HandleAsync(new AcceptDifferences(rooms.Value, request.Reason), caller, cancellationToken);
        if (!accepted.IsDone)
            return accepted;
        var detail = new Wording("Detail.DifferencesAccepted", rooms.Value.Length, request.Reason!.Trim());
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, "DifferencesAccepted", batch.State, batch.State, detail), cancellationToken);
        timeline.Announce(batch);
        return rooms.Value.Length;
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
            .Select(x => x.RoomId).ToArrayAsync(cancellationToken);
        return open.Length > 0 ? open : new Refusal("not-different.batch", RefusalKind.Conflict, batch.Name);
    }
}
