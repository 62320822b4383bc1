using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Files;
using Npgsql;

namespace MigrationPortal.Files;

/// <summary>The ledger of one batch's files in the portal database. Each call commits on its own: an intent must outlive what it announces.</summary>
/// <param name="store">The new file store, as configured: batches that write there share its files.</param>
internal sealed class FileJournal(long batchId, string store, IDbContextFactory<PortalDbContext> databases, TimeProvider time) : IFileJournal
{
    public async Task<IReadOnlyDictionary<string, LedgerFile>> FindAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var wanted = paths.ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Database.SqlQuery<FileLine>($"""
            select path as "Path", length as "Length", modified_on as "ModifiedOn", sha256 as "Sha256", is_ours as "IsOurs", confirmed_at is not null as "IsConfirmed"
            from portal.ledger_files where batch_id = {batchId} and path = any({wanted})
            """).ToListAsync(cancellationToken);
        return found.ToDictionary(x => x.Path, x => new LedgerFile(x.Path, x.Length, x.ModifiedOn, x.Sha256, x.IsOurs, x.IsConfirmed), StringComparer.Ordinal);
    }

    public Task IntendAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) => paths.Count == 0 ? Task.CompletedTask : ExecuteAsync(
        "insert into portal.ledger_files (batch_id, path, store) select $1, unnest($2::text[]), $3 on conflict (batch_id, path) do nothing",
        cancellationToken, batchId, paths.ToArray(), store);

    public Task SealAsync(IReadOnlyCollection<LedgerFile> files, CancellationToken cancellationToken) => files.Count == 0 ? Task.CompletedTask : ExecuteAsync(
        """
        update portal.ledger_files f set store = $2, length = n.length, modified_on = n.modified_on, sha256 = n.sha256, is_ours = true, confirmed_at = null
        from unnest($3::text[], $4::bigint[], $5::bigint[], $6::bytea[]) as n (path, length, modified_on, sha256)
        where f.batch_id = $1 and f.path = n.path
        """,
        cancellationToken, batchId, store, files.Select(x => x.Path).ToArray(), files.Select(x => x.Length).ToArray(), files.Select(x => x.ModifiedTicks).ToArray(),
        files.Select(x => x.Sha256!).ToArray());

    public Task ConfirmAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) => paths.Count == 0 ? Task.CompletedTask : ExecuteAsync(
        "update portal.ledger_files set confirmed_at = $3 where batch_id = $1 and path = any($2)", cancellationToken, batchId, paths.ToArray(), time.GetUtcNow());

    public Task NoteAsync(LedgerFile file, CancellationToken cancellationToken) => ExecuteAsync(
        """
        insert into portal.ledger_files (batch_id, path, store, length, modified_on, sha256, is_ours, confirmed_at) values ($1, $2, $3, $4, $5, $6, false, $7)
        on conflict (batch_id, path) do update
            set store = excluded.store, length = excluded.length, modified_on = excluded.modified_on, sha256 = excluded.sha256, is_ours = false, confirmed_at = excluded.confirmed_at
        """, cancellationToken, batchId, file.Path, store, file.Length, file.ModifiedTicks, file.Sha256!, time.GetUtcNow());

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record FileLine(string Path, long Length, long ModifiedOn, byte[]? Sha256, bool IsOurs, bool IsConfirmed);
}
