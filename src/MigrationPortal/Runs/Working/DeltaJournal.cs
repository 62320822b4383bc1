using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Transfer;
using NpgsqlTypes;

namespace MigrationPortal.Runs.Working;

/// <summary>The ledger of one batch while a delta goes on in it.</summary>
internal sealed class DeltaJournal(long batchId, IDbContextFactory<PortalDbContext> databases, TimeProvider time) : TransferJournal(batchId, databases, time), IDeltaJournal
{
    private readonly long _batchId = batchId;
    private readonly LedgerReader _reader = new(batchId, databases);

    public Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken) => _reader.ListRowsAsync(cancellationToken);

    public Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken) => _reader.ListPagesAsync(room, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, long>> ListLastChatIdsAsync(CancellationToken cancellationToken) => WithAsync<IReadOnlyDictionary<Guid, long>>(async connection =>
    {
        var last = new Dictionary<Guid, long>();
        await using var command = Command(connection, "select room_guid, max(last_chat_id) from portal.ledger_pages where batch_id = $1 group by room_guid", _batchId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            last.Add(reader.GetGuid(0), reader.GetInt64(1));
        return last;
    }, cancellationToken);

    public Task IntendChangesAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var drop = Command(connection, Drop, _batchId))
            await drop.ExecuteNonQueryAsync(cancellationToken);
        await using var insert = Command(connection, """
            insert into portal.ledger_rows as l (batch_id, table_name, key, hash, next_hash)
            select $1, n.table_name, n.key, n.hash, n.next_hash from unnest($2, $3, $4, $5) as n (table_name, key, hash, next_hash)
            on conflict (batch_id, table_name, key) do update set next_hash = excluded.next_hash
            """, _batchId);
        insert.Parameters.Add(new() { Value = changes.Select(x => x.Table).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        insert.Parameters.Add(new() { Value = changes.Select(x => x.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        insert.Parameters.Add(new() { Value = changes.Select(x => x.Before ?? x.After!).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        insert.Parameters.Add(new() { Value = changes.Select(x => x.Before is null ? null : x.After ?? []).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }, cancellationToken);

    public Task DropChangesAsync(CancellationToken cancellationToken) => ExecuteAsync(Drop, cancellationToken, _batchId);

    public Task IntendFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => ExecuteAsync(
        "update portal.ledger_pages set next_count = $4, next_sha256 = $5 where batch_id = $1 and room_guid = $2 and first_chat_id = $3",
        cancellationToken, _batchId, filled.Room, filled.FirstChatId, filled.Count, filled.Sha256);

    public Task<LedgerPage?> FindOpenFillingAsync(Guid room, CancellationToken cancellationToken) => WithAsync(async connection =>
    {
        await using var command = Command(
            connection,
            "select first_chat_id, last_chat_id, next_count, next_sha256 from portal.ledger_pages where batch_id = $1 and room_guid = $2 and next_count is not null",
            _batchId, room);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LedgerPage(room, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }, cancellationToken);

    public Task ConfirmFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => ExecuteAsync("""
        update portal.ledger_pages set count = next_count, sha256 = next_sha256, next_count = null, next_sha256 = null
        where batch_id = $1 and room_guid = $2 and first_chat_id = $3 and next_count is not null
        """, cancellationToken, _batchId, filled.Room, filled.FirstChatId);

    public Task DropFillingAsync(LedgerPage filled, CancellationToken cancellationToken) => ExecuteAsync(
        "update portal.ledger_pages set next_count = null, next_sha256 = null where batch_id = $1 and room_guid = $2 and first_chat_id = $3",
        cancellationToken, _batchId, filled.Room, filled.FirstChatId);

    // New rows are open as those of a first run are; changed ones carry what follows.
    private const string Drop = """
        with fresh as (delete from portal.ledger_rows where batch_id = $1 and confirmed_at is null)
        update portal.ledger_rows set next_hash = null where batch_id = $1 and confirmed_at is not null and next_hash is not null
        """;
}
