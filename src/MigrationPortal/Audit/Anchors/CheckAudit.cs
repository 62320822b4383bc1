using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit.Anchors;

/// <summary>
/// Every hour: the whole chain is checked, with the anchors kept elsewhere, and the head of a chain that holds is anchored there. What is broken is
/// kept for the inbox of auditors and the health check; no anchor is written over it.
/// </summary>
internal sealed partial class CheckAudit(
    IDbContextFactory<PortalDbContext> databases, AuditWalk walk, AnchorFile file, TimeProvider time, ILogger<CheckAudit> logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task<AuditCheck> HandleAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var anchors = await file.ReadAsync(cancellationToken);
        var missing = anchors.IsDone ? await FindMissingAsync(db, anchors.Value, cancellationToken) : null;
        var proof = await walk.RunAsync(db, anchors.IsDone ? anchors.Value : [], cancellationToken);
        var broken = proof.Reason ?? missing ?? (anchors.Refusal is { Kind: RefusalKind.Conflict } damaged ? damaged.Wording : null);
        var head = broken is null && proof.Count > 0 ? HeadOf(proof) : null;
        var unwritten = anchors.Refusal is { Kind: RefusalKind.Unavailable } silent ? silent.Wording
            : head is not null && file.IsConfigured ? await AnchorAsync(db, head, cancellationToken) : null;
        return await KeepAsync(db, broken, unwritten, head, cancellationToken);
    }

    // A line that was written once and is not in the file now.
    private static async Task<Wording?> FindMissingAsync(PortalDbContext db, IReadOnlyList<AuditAnchor> found, CancellationToken cancellationToken)
    {
        var there = found.Select(x => (x.Id, Convert.ToHexStringLower(x.Hash))).ToHashSet();
        await foreach (var written in db.Set<AuditAnchor>().AsNoTracking().OrderBy(x => x.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!there.Contains((written.Id, Convert.ToHexStringLower(written.Hash))))
                return new("Audit.AnchorGone", $"{written.Id}", written.At);
        }

        return null;
    }

    // What was checked, not what is newest now: entries are written while the chain is read. In a chain that holds, ids count from 1.
    private static AuditAnchor HeadOf(AuditProof proof) => new() { Id = proof.Count, Hash = Convert.FromHexString(proof.HeadHash), Count = proof.Count, At = proof.VerifiedAt };

    private async Task<Wording?> AnchorAsync(PortalDbContext db, AuditAnchor anchor, CancellationToken cancellationToken)
    {
        if (await db.Set<AuditAnchor>().AnyAsync(x => x.Id == anchor.Id, cancellationToken))
            return null;
        // The file first: a line that the database does not know of harms nobody, the other way round it would be missed.
        if (await file.AppendAsync(anchor, cancellationToken) is { } refusal)
            return refusal.Wording;
        db.Add(anchor);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    private async Task<AuditCheck> KeepAsync(PortalDbContext db, Wording? broken, Wording? unwritten, AuditAnchor? head, CancellationToken cancellationToken)
    {
        var check = await db.Set<AuditCheck>().FirstOrDefaultAsync(x => x.Id == AuditCheck.OnlyId, cancellationToken);
        if (check is null)
            db.Add(check = new AuditCheck { At = time.GetUtcNow() });
        check.At = time.GetUtcNow();
        check.Since = broken is null && unwritten is null ? null : check.Since ?? check.At;
        (check.Broken, check.Unwritten, check.HeadId, check.HeadHash) = (broken, unwritten, head?.Id, head?.Hash);
        await db.SaveChangesAsync(cancellationToken);
        if (broken is not null)
            LogBroken(logger, broken.In(System.Globalization.CultureInfo.InvariantCulture));
        return check;
    }

    [LoggerMessage(LogLevel.Error, "The audit log does not hold: {Reason}")]
    private static partial void LogBroken(ILogger logger, string reason);
}
