using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;
using Npgsql;

namespace MigrationPortal.Runs.Working;

/// <summary>The ledger of one batch in the portal database. Each call commits on its own: an intent must outlive what it announces.</summary>
internal class TransferJournal(long batchId, IDbContextFactory<PortalDbContext> databases, TimeProvider time) : ITransferJournal
{
    public const string Node = "Node";
    public const string Principal = "Principal";

    public Task<IdAllocation?> FindAllocationAsync(CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        var (nodes, principals) = (new Dictionary<Guid, int>(), new Dictionary<Guid, int>());
        await using var command = Command(connection, "select kind, guid, id from portal.ledger_ids where batch_id = $1", batchId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            (reader.GetString(0) == Node ? nodes : principals).Add(reader.GetGuid(1), reader.GetInt32(2));
        return nodes.Count + principals.Count == 0 ? null : new IdAllocation(nodes, principals);
    }, cancellationToken);

    public Task SaveAllocationAsync(IdAllocation allocation, CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        // One transaction, so there never is half an allocation.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var delete = Command(connection, "delete from portal.ledger_ids where batch_id = $1", batchId))
            await delete.ExecuteNonQueryAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync("copy portal.ledger_ids (batch_id, kind, guid, id) from stdin (format binary)", cancellationToken))
        {
            foreach (var (kind, ids) in new[] { (Node, allocation.Nodes), (Principal, allocation.Principals) })
            {
                foreach (var (guid, id) in ids)
                    await copy.WriteRowAsync(cancellationToken, batchId, kind, guid, id);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }, cancellationToken);

    public Task IntendRowsAsync(IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var delete = Command(connection, "delete from portal.ledger_rows where batch_id = $1 and confirmed_at is null", batchId))
            await delete.ExecuteNonQueryAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync("copy portal.ledger_rows (batch_id, table_name, key, hash) from stdin (format binary)", cancellationToken))
        {
            foreach (var row in rows)
                await copy.WriteRowAsync(cancellationToken, batchId, row.Table, row.Key, row.Hash);
            await copy.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>In one statement: rows that go are forgotten, those that changed get their next hash, new ones are confirmed.</summary>
    public Task ConfirmRowsAsync(CancellationToken cancellationToken) => ExecuteAsync("""
        with gone as (delete from portal.ledger_rows where batch_id = $1 and next_hash = '\x')
        update portal.ledger_rows set hash = coalesce(next_hash, hash), next_hash = null, confirmed_at = coalesce(confirmed_at, $2)
        where batch_id = $1 and (confirmed_at is null or next_hash <> '\x')
        """, cancellationToken, batchId, time.GetUtcNow());

    public Task<bool> HasConfirmedRowsAsync(CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        await using var command = Command(connection, "select exists (select from portal.ledger_rows where batch_id = $1 and confirmed_at is not null)", batchId);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }, cancellationToken);

    public Task IntendPageAsync(LedgerPage page, CancellationToken cancellationToken) => ExecuteAsync(
        "insert into portal.ledger_pages (batch_id, room_guid, first_chat_id, last_chat_id, count, sha256) values ($1, $2, $3, $4, $5, $6)",
        cancellationToken, batchId, page.Room, page.FirstChatId, page.LastChatId, page.Count, page.Sha256);

    public Task ConfirmPageAsync(LedgerPage page, CancellationToken cancellationToken) => ExecuteAsync(
        "update portal.ledger_pages set confirmed_at = $4 where batch_id = $1 and room_guid = $2 and first_chat_id = $3 and confirmed_at is null",
        cancellationToken, batchId, page.Room, page.FirstChatId, time.GetUtcNow());

    public Task<LedgerPage?> FindOpenPageAsync(Guid room, CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        await using var command = Command(
            connection,
            "select first_chat_id, last_chat_id, count, sha256 from portal.ledger_pages where batch_id = $1 and room_guid = $2 and confirmed_at is null",
            batchId, room);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LedgerPage(room, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }, cancellationToken);

    public Task<long?> FindLastChatIdAsync(Guid room, CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        await using var command = Command(connection, "select max(last_chat_id) from portal.ledger_pages where batch_id = $1 and room_guid = $2", batchId, room);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }, cancellationToken);

    public Task DropPageAsync(LedgerPage page, CancellationToken cancellationToken) => ExecuteAsync(
        "delete from portal.ledger_pages where batch_id = $1 and room_guid = $2 and first_chat_id = $3 and confirmed_at is null",
        cancellationToken, batchId, page.Room, page.FirstChatId);

    protected Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values) => WithAsync(async connection =>
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }, cancellationToken);

    protected async Task<T> WithAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        return await work((NpgsqlConnection)db.Database.GetDbConnection());
    }

    protected static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
