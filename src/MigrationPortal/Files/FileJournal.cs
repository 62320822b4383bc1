using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Files;
using Npgsql;

namespace MigrationPortal.Files;

/// <summary>The ledger of one batch's files in the portal database. Each call commits on its own: an intent must outlive what it announces.</summary>
/// <param name="store">The new file store, as configured: batches that write there share its files.</param>
internal sealed class FileJournal(long batchId, string store, IDbContextFactory<PortalDbContext> databases, TimeProvider time) : IFileJournal
{
    public async Task<LedgerFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Database.SqlQuery<FileLine>($"""
            select length as "Length", modified_on as "ModifiedOn", sha256 as "Sha256", is_ours as "IsOurs", confirmed_at is not null as "IsConfirmed"
            from portal.ledger_files where batch_id = {batchId} and path = {path}
            """).ToListAsync(cancellationToken);
        return found is [var line] ? new(path, line.Length, line.ModifiedOn, line.Sha256, line.IsOurs, line.IsConfirmed) : null;
    }

    public Task IntendAsync(string path, CancellationToken cancellationToken) => ExecuteAsync(
        """
        insert into portal.ledger_files (batch_id, path, store) values ($1, $2, $3)
        on conflict (batch_id, path) do update set store = excluded.store, sha256 = null, is_ours = true, confirmed_at = null
        """, cancellationToken, batchId, path, store);

    public Task SealAsync(LedgerFile file, CancellationToken cancellationToken) => ExecuteAsync(
        "update portal.ledger_files set length = $3, modified_on = $4, sha256 = $5 where batch_id = $1 and path = $2",
        cancellationToken, batchId, file.Path, file.Length, file.ModifiedTicks, file.Sha256!);

    public Task ConfirmAsync(string path, CancellationToken cancellationToken) => ExecuteAsync(
        "update portal.ledger_files set confirmed_at = $3 where batch_id = $1 and path = $2", cancellationToken, batchId, path, time.GetUtcNow());

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

    private sealed record FileLine(long Length, long ModifiedOn, byte[]? Sha256, bool IsOurs, bool IsConfirmed);
}
