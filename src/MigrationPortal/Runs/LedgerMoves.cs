using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Runs.Working;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Runs;

/// <summary>A row of the ledger that stays in the new pool, and whose id needs it: a room's nodeID, else a person's principalID.</summary>
internal sealed record SharedRow(string Table, string Key, bool IsRoom, int NeededBy);

/// <summary>What later features change of a batch's ledger, each within their transaction.</summary>
internal static class LedgerMoves
{
    /// <returns>A nodeID that the batch took in the new pool; null where nothing was prepared.</returns>
    public static Task<int?> FindNodeAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int?>($"""select min(id) as "Value" from portal.ledger_ids where batch_id = {batchId} and kind = {TransferJournal.Node}""").SingleAsync(cancellationToken);

    public static Task<int> ForgetPageAsync(PortalDbContext db, long batchId, LedgerPage page, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"delete from portal.ledger_pages where batch_id = {batchId} and room_guid = {page.Room} and first_chat_id = {page.FirstChatId}", cancellationToken);

    /// <summary>The batch has written nothing any more. Shared rows pass to the batch whose room needs them: its own undo takes them along.</summary>
    public static async Task CloseAsync(PortalDbContext db, long batchId, IReadOnlyList<SharedRow> shared, CancellationToken cancellationToken)
    {
        await PassOnAsync(db, batchId, shared, cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_rows where batch_id = {batchId}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_pages where batch_id = {batchId}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from portal.ledger_ids where batch_id = {batchId}", cancellationToken);
    }

    private static async Task PassOnAsync(PortalDbContext db, long batchId, IReadOnlyList<SharedRow> shared, CancellationToken cancellationToken)
    {
        await using var pass = new NpgsqlCommand("""
            insert into portal.ledger_rows (batch_id, table_name, key, hash, confirmed_at)
            select other.batch_id, r.table_name, r.key, r.hash, r.confirmed_at
            from unnest($2, $3, $4, $5) as k (table_name, key, id, kind)
            join portal.batches own on own.id = $1
            join portal.ledger_ids other on other.kind = k.kind and other.id = k.id and other.batch_id <> $1
            join portal.batches theirs on theirs.id = other.batch_id and theirs.pool_pair_id = own.pool_pair_id
                -- A number that was given out and never written may be another batch's since: whoever has written goes first.
                and (exists (select from portal.ledger_rows written where written.batch_id = other.batch_id and written.confirmed_at is not null)
                    or not exists (
                        select from portal.ledger_ids rival
                        join portal.batches rivals on rivals.id = rival.batch_id and rivals.pool_pair_id = own.pool_pair_id
                        join portal.ledger_rows written on written.batch_id = rival.batch_id and written.confirmed_at is not null
                        where rival.kind = other.kind and rival.id = other.id and rival.batch_id not in (own.id, other.batch_id)))
            join portal.ledger_rows r on r.batch_id = $1 and case k.table_name
                when 'tblNode' then r.table_name in ('tblNode', 'tblPrincipalRole', 'tblScopePrincipal', 'tblScopedPrincipal') and split_part(r.key, '|', 1) = k.key
                when 'tblPrincipal' then r.table_name in ('tblPrincipal', 'tblPrincipalMeta') and r.key = k.key
                    -- Also who was put into a group that stays: principalID|index|affiliationID.
                    or r.table_name = 'tblPrincipalAffiliations' and k.key in (split_part(r.key, '|', 1), split_part(r.key, '|', 3))
                else r.table_name = k.table_name and r.key = k.key end
            on conflict do nothing
            """, (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                new() { Value = batchId },
                new() { Value = shared.Select(x => x.Table).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = shared.Select(x => x.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = shared.Select(x => x.NeededBy).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = shared.Select(x => x.IsRoom ? TransferJournal.Node : TransferJournal.Principal).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
        await pass.ExecuteNonQueryAsync(cancellationToken);
    }
}
