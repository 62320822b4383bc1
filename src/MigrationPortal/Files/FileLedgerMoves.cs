using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Files;

/// <summary>What later features change of the ledger of a batch's files, each within their transaction.</summary>
internal static class FileLedgerMoves
{
    /// <summary>The batch has written no file any more. What stays passes to the first batch that needs it: its own undo takes it along.</summary>
    public static async Task CloseAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.ledger_files (batch_id, path, store, length, modified_on, sha256, is_ours, confirmed_at)
            select heir.batch_id, coalesce(heir.path, f.path), f.store, f.length, f.modified_on, f.sha256, true, f.confirmed_at
            from portal.ledger_files f
            cross join lateral (select o.batch_id, case when lower(o.path) = lower(f.path) then o.path end as path from portal.ledger_files o
                where o.store = f.store and o.batch_id <> f.batch_id
                    and (lower(o.path) = lower(f.path) or right(f.path, 1) = '/' and starts_with(lower(o.path), lower(f.path)))
                order by o.batch_id, lower(o.path) <> lower(f.path) limit 1) heir
            where f.batch_id = {batchId} and f.is_ours
            on conflict (batch_id, path) do update set is_ours = true
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_files where batch_id = {batchId}", cancellationToken);
    }
}
