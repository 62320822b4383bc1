using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Audit;

/// <summary>Where the audit ends.</summary>
internal sealed record AuditHead(long Id, byte[] Hash, long Count)
{
    /// <returns>Null where its row is gone, or is not the only one.</returns>
    public static async Task<AuditHead?> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<AuditHead>($"select id, hash, count from portal.audit_head").ToListAsync(cancellationToken) is [var head] ? head : null;
}
