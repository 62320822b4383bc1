using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Evidence;

/// <summary>What a package is about, read in its snapshot.</summary>
internal sealed record EvidenceState(Batch Batch, DateTimeOffset AsOf, IReadOnlyList<EvidenceFingerprint> Fingerprints, EvidenceAudit? Audit)
{
    /// <summary>The action that records a package; what such entries say is no state of the batch.</summary>
    public const string Made = "EvidenceMade";

    public long BatchId => Batch.Id;

    public string Subject => BatchSubject.Of(Batch.Id);

    public static async Task<EvidenceState> ReadAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var asOf = await BatchReads.Events(db).Where(x => x.BatchId == batch.Id).MaxAsync(x => (DateTimeOffset?)x.At, cancellationToken) ?? batch.CreatedAt;
        var fingerprints = await db.Database.SqlQuery<EvidenceFingerprint>($"""
            select kind as "Of", round as "Round", fingerprint as "Sha256" from portal.reviews where batch_id = {batch.Id} order by round, id
            """).ToListAsync(cancellationToken);
        return new(batch, asOf, fingerprints, await BatchAudit.FindLastAsync(db, BatchSubject.Of(batch.Id), cancellationToken));
    }

    public static Task<bool> WasSubmittedAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => db.Database.SqlQuery<bool>($"""
        select exists (select 1 from portal.reviews where batch_id = {batchId}) as "Value"
        """).SingleAsync(cancellationToken);

    public EvidenceManifest ToManifest(string madeBy, bool isSigned, IReadOnlyList<EvidenceFile> files) => new(
        BatchId.ToString(CultureInfo.InvariantCulture), Batch.Name, Batch.PoolPairId, Batch.State.ToString(), AsOf.ToUniversalTime(), madeBy, isSigned, Fingerprints, Audit, files);
}
