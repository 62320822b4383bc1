using System.Data;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using Npgsql;

namespace MigrationPortal.Audit;

/// <param name="Subject">Kind and id: <c>batch:12</c>.</param>
internal sealed record AuditRecord(Caller By, string Action, string Subject, string? PoolPairId, IReadOnlyDictionary<string, string?>? Details);

/// <summary>
/// Adds rows to the audit, and nothing else. A row joins the caller's transaction, so that a thing and its record are there or
/// not there together. Record last and all at once: from here to the commit, every other writer of the audit waits.
/// </summary>
internal sealed class AuditTrail(TimeProvider time)
{
    // Any number nobody else uses; "audit" in ASCII.
    private const long ChainLock = 0x6175646974;

    public Task RecordAsync(
        PortalDbContext db,
        Caller by,
        string action,
        string subject,
        string? poolPairId,
        IReadOnlyDictionary<string, string?>? details,
        CancellationToken cancellationToken) =>
        RecordAsync(db, [new AuditRecord(by, action, subject, poolPairId, details)], cancellationToken);

    public async Task RecordAsync(PortalDbContext db, IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;
        if (db.Database.CurrentTransaction is not null)
        {
            await AppendAsync(db, records, cancellationToken);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AppendAsync(db, records, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task AppendAsync(PortalDbContext db, IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var (id, hash) = await LockHeadAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var record in records)
        {
            var entry = new AuditEntry
            {
                Id = ++id,
                At = ToMicroseconds(time.GetUtcNow()),
                By = record.By.Name,
                Action = record.Action,
                Subject = record.Subject,
                PoolPairId = record.PoolPairId,
                Details = record.Details is null ? [] : new Dictionary<string, string?>(record.Details, StringComparer.Ordinal),
                PreviousHash = hash,
                Hash = [],
            };
            hash = AuditHash.Of(entry);
            batch.BatchCommands.Add(Insert(entry, hash));
            // The head only steps by one: a trigger sees to it.
            batch.BatchCommands.Add(new NpgsqlBatchCommand("update portal.audit_head set id = $1, hash = $2, count = count + 1")
            {
                Parameters = { new() { Value = id }, new() { Value = hash } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(long Id, byte[] Hash)> LockHeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Two statements: the second must take its snapshot after the lock was granted.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = ChainLock } } },
                new NpgsqlBatchCommand("select id, hash from portal.audit_head"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            throw new DataException("portal.audit_head has lost its row: the audit cannot be continued.");
        return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    private static NpgsqlBatchCommand Insert(AuditEntry entry, byte[] hash) => new("""
        insert into portal.audit_entries (id, at, by, action, subject, pool_pair_id, details, previous_hash, hash)
        values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)
        """)
    {
        Parameters =
        {
            new() { Value = entry.Id },
            new() { Value = entry.At },
            new() { Value = entry.By },
            new() { Value = entry.Action },
            new() { Value = entry.Subject },
            new() { Value = (object?)entry.PoolPairId ?? DBNull.Value, DataTypeName = "text" },
            new() { Value = JsonSerializer.Serialize(entry.Details, JsonSerializerOptions.Web) },
            new() { Value = entry.PreviousHash },
            new() { Value = hash },
        },
    };

    // The database keeps microseconds; the hash must be taken over what it will give back.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset value) => value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();
}
