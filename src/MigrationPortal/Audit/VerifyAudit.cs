using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit;

/// <summary>An auditor checks the whole chain, and against the anchors that were kept elsewhere.</summary>
internal sealed class VerifyAuditHandler(IDbContextFactory<PortalDbContext> databases, AuditWalk walk, AnchorFile file)
{
    public async Task<Outcome<AuditProof>> HandleAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (AuditRights.Refuse(caller) is { } refusal)
            return refusal;
        var anchors = await file.ReadAsync(cancellationToken);
        if (!anchors.IsDone)
            return anchors.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await walk.RunAsync(db, anchors.Value, cancellationToken);
    }
}
