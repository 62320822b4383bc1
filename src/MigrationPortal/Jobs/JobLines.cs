using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using Npgsql;

namespace MigrationPortal.Jobs;

/// <summary>One piece of work that the job engine has.</summary>
/// <param name="Kind">Name of the job's class.</param>
/// <param name="Key">Id of what it works on.</param>
/// <param name="Node">Null while it waits.</param>
internal sealed record JobLine(string Kind, string Key, string? Node, DateTimeOffset? Since);

internal sealed record JobNode(string Name, DateTimeOffset SeenAt);

/// <param name="Total">Of all pieces of work; the list has a page of them.</param>
internal sealed record JobPicture(long Total, IReadOnlyList<JobLine> Lines, IReadOnlyList<JobNode> Nodes);

/// <summary>What all nodes work on, from the job engine's own tables, which any node can read.</summary>
internal sealed class JobLines(IDbContextFactory<PortalDbContext> databases)
{
    private const string Work =
        "jobs.qrtz_job_details d left join jobs.qrtz_fired_triggers f on f.sched_name = d.sched_name and f.job_group = d.job_group and f.job_name = d.job_name";

    /// <summary>What is running first.</summary>
    public async Task<JobPicture> ListAsync(Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection())
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"select count(*) from {Work}"),
                new NpgsqlBatchCommand($"select d.job_group, d.job_name, f.instance_name, f.fired_time from {Work} order by f.fired_time nulls last, d.job_group, d.job_name limit $1 offset $2")
                {
                    Parameters = { new NpgsqlParameter { Value = paging.Take }, new NpgsqlParameter { Value = paging.Skip } },
                },
                new NpgsqlBatchCommand("select instance_name, last_checkin_time from jobs.qrtz_scheduler_state order by instance_name"),
            },
        };
        List<JobLine> lines = [];
        List<JobNode> nodes = [];
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            lines.Add(new(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : Time(reader.GetInt64(3))));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            nodes.Add(new(reader.GetString(0), Time(reader.GetInt64(1))));
        return new(total, lines, nodes);
    }

    // Quartz keeps ticks of UTC.
    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
