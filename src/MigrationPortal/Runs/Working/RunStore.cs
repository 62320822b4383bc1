using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Runs.Working;

/// <summary>Somebody else changed a transfer of this run: the run is theirs now.</summary>
internal sealed class RunTakenOverException(long runId) : Exception($"Run {runId} was taken over by another node.");

/// <summary>Writes a run's progress: a compare-and-set on each transfer's revision, all or nothing.</summary>
internal sealed class RunStore(IDbContextFactory<PortalDbContext> databases, LiveFeed feed)
{
    private const string Update = """
        update portal.room_transfers t
        set state = n.state, copied_message_count = n.copied, total_message_count = n.total, verified_message_count = n.verified,
            copied_byte_count = n.bytes, started_at = n.started_at, finished_at = n.finished_at, error = n.error,
            copied_file_count = n.files, total_file_count = n.all_files, copied_file_byte_count = n.file_bytes,
            grade = n.grade, finding_count = n.findings, differences = string_to_array(n.differences, ','), revision = n.revision + 1
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            as n (id, state, copied, total, verified, bytes, started_at, finished_at, error, grade, findings, revision, files, all_files, file_bytes, differences)
        where t.id = n.id and t.revision = n.revision
        """;

    private static readonly TransferState[] Active =
        [TransferState.Preparing, TransferState.Copying, TransferState.Verifying, TransferState.OutcomeUnknown];

    public async Task WriteAsync(long runId, IReadOnlyList<TransferLine> lines, RunSample? sample, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (lines.Count > 0)
        {
            await using var update = UpdateOf((NpgsqlConnection)db.Database.GetDbConnection(), lines);
            if (await update.ExecuteNonQueryAsync(cancellationToken) != lines.Count)
                throw new RunTakenOverException(runId);
        }

        if (sample is not null)
        {
            db.Add(sample);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        feed.AnnounceElsewhere($"run:{runId}");
    }

    /// <summary>Names this machine as the one that works on the run, and what is left of a former one as not being worked on.</summary>
    public async Task<IReadOnlyList<RoomTransfer>> TakeOverAsync(long runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<RoomTransfer>()
            .Where(x => x.RunId == runId && Active.Contains(x.State))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, TransferState.Pending).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
        await db.Set<Run>().Where(x => x.Id == runId).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Node, Environment.MachineName).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
        feed.Announce($"run:{runId}");
        return await db.Set<RoomTransfer>().AsNoTracking().Where(x => x.RunId == runId).OrderBy(x => x.Ordinal).ToListAsync(cancellationToken);
    }

    /// <summary>Says why the run does not move, or that it does again.</summary>
    public async Task SetNoteAsync(long runId, Wording? note, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var changed = await db.Set<Run>()
            .Where(x => x.Id == runId && x.Note != note)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Note, note).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
        if (changed > 0)
            feed.Announce($"run:{runId}");
    }

    private static NpgsqlCommand UpdateOf(NpgsqlConnection connection, IReadOnlyList<TransferLine> lines)
    {
        var command = new NpgsqlCommand(Update, connection);
        Add(NpgsqlDbType.Bigint, x => x.Id);
        Add(NpgsqlDbType.Text, x => x.State.ToString());
        Add(NpgsqlDbType.Bigint, x => x.CopiedMessageCount);
        Add(NpgsqlDbType.Bigint, x => x.TotalMessageCount);
        Add(NpgsqlDbType.Bigint, x => x.VerifiedMessageCount);
        Add(NpgsqlDbType.Bigint, x => x.CopiedByteCount);
        Add(NpgsqlDbType.TimestampTz, x => x.StartedAt?.UtcDateTime);
        Add(NpgsqlDbType.TimestampTz, x => x.FinishedAt?.UtcDateTime);
        Add(NpgsqlDbType.Jsonb, x => x.Error is null ? null : JsonSerializer.Serialize(x.Error));
        Add(NpgsqlDbType.Text, x => x.Grade?.ToString());
        Add(NpgsqlDbType.Bigint, x => x.FindingCount);
        Add(NpgsqlDbType.Bigint, x => x.Revision);
        Add(NpgsqlDbType.Bigint, x => x.CopiedFileCount);
        Add(NpgsqlDbType.Bigint, x => x.TotalFileCount);
        Add(NpgsqlDbType.Bigint, x => x.CopiedFileByteCount);
        Add(NpgsqlDbType.Text, x => x.Differences);
        return command;

        void Add<T>(NpgsqlDbType type, Func<TransferLine, T> value) =>
            command.Parameters.Add(new NpgsqlParameter { Value = lines.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
