using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Undo;
using MigrationPortal.Runs.Working;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Undo;

/// <summary>The ledger of one batch, read to take back what it says, and closed when that is done.</summary>
internal sealed class UndoLedger(long batchId, IDbContextFactory<PortalDbContext> databases) : IUndoLedger
{
    private readonly LedgerReader _reader = new(batchId, databases);

    public Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken) => _reader.ListRowsAsync(cancellationToken);

    public Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken) => _reader.ListPagesAsync(room, cancellationToken);

    public async Task ForgetPageAsync(LedgerPage page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from portal.ledger_pages where batch_id = {batchId} and room_guid = {page.Room} and first_chat_id = {page.FirstChatId}", cancellationToken);
    }

    /// <summary>Part of the caller's transaction. Shared rows that stay pass to the batch whose room needs them: its own undo takes them along.</summary>
    public async Task CloseAsync(PortalDbContext db, IReadOnlyList<KeptRow> kept, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var needed = kept.Where(x => (x.NeededBy ?? x.NeededByPerson) is not null).ToList();
        await using var pass = new NpgsqlCommand("""
            insert into portal.ledger_rows (batch_id, table_name, key, hash, confirmed_at)
            select other.batch_id, r.table_name, r.key, r.hash, r.confirmed_at
            from unnest($2, $3, $4, $5) as k (table_name, key, id, kind)
            join portal.batches own on own.id = $1
            join portal.ledger_ids other on other.kind = k.kind and other.id = k.id and other.batch_id <> $1
            join portal.batches theirs on theirs.id = other.batch_id and theirs.pool_pair_id = own.pool_pair_id
            join portal.ledger_rows r on r.batch_id = $1 and case k.table_name
                when 'tblNode' then r.table_name in ('tblNode', 'tblPrincipalRole', 'tblScopePrincipal', 'tblScopedPrincipal') and split_part(r.key, '|', 1) = k.key
                when 'tblPrincipal' then r.table_name in ('tblPrincipal', 'tblPrincipalMeta') and r.key = k.key
                    -- Also who was put into a group that stays: principalID|index|affiliationID.
                    or r.table_name = 'tblPrincipalAffiliations' and k.key in (split_part(r.key, '|', 1), split_part(r.key, '|', 3))
                else r.table_name = k.table_name and r.key = k.key end
            on conflict do nothing
            """, connection)
        {
            Parameters =
            {
                new() { Value = batchId },
                new() { Value = needed.Select(x => x.Table).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = needed.Select(x => x.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = needed.Select(x => (x.NeededBy ?? x.NeededByPerson)!.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = needed.Select(x => x.NeededBy is null ? "Principal" : "Node").ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
        await pass.ExecuteNonQueryAsync(cancellationToken);
        await FileLedger.CloseAsync(db, batchId, cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_rows where batch_id = {batchId}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_pages where batch_id = {batchId}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_ids where batch_id = {batchId}", cancellationToken);
    }
}
