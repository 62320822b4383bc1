using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Undo;

namespace MigrationPortal.Undo;

/// <summary>What the ledger of one batch says of files, and who else needs them.</summary>
internal static class FileLedger
{
    /// <summary>Null where the batch wrote none. At most as many as its messages link to.</summary>
    public static async Task<Outcome<FileUndo?>> FindAsync(IDbContextFactory<PortalDbContext> databases, long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = await db.Database.SqlQuery<FileLine>($"""
            select f.path as "Path", f.store as "Store", f.length as "Length", f.modified_on as "ModifiedOn", f.sha256 as "Sha256", f.confirmed_at is not null as "IsConfirmed",
                exists (select from portal.ledger_files o where o.store = f.store and o.batch_id <> f.batch_id
                    and (lower(o.path) = lower(f.path) or right(f.path, 1) = '/' and starts_with(lower(o.path), lower(f.path)))) as "IsNeeded"
            from portal.ledger_files f where f.batch_id = {batchId} and f.is_ours
            """).ToListAsync(cancellationToken);
        if (lines.Count == 0)
            return (FileUndo?)null;
        // Whoever moves a store takes its files along; which of two places is meant is for them to say.
        var stores = lines.Select(x => x.Store).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return stores is [var store]
            ? new FileUndo(store, [.. lines.Select(x => new UndoneFile(new LedgerFile(x.Path, x.Length, x.ModifiedOn, x.Sha256, IsOurs: true, x.IsConfirmed), x.IsNeeded))])
            : new Refusal("file-stores-differ", RefusalKind.Conflict, stores);
    }

    private sealed record FileLine(string Path, string Store, long Length, long ModifiedOn, byte[]? Sha256, bool IsConfirmed, bool IsNeeded);
}
