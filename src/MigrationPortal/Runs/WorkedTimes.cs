using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Runs;

/// <summary>How long runs were worked on: from their start to their end, without their pauses and their waits for another run.</summary>
internal static class WorkedTimes
{
    /// <returns>By run. One of which nothing is known between its start and a much later end is not among them.</returns>
    public static async Task<IReadOnlyDictionary<long, TimeSpan>> FindAsync(PortalDbContext db, long[] runs, CancellationToken cancellationToken)
    {
        var worked = await db.Database.SqlQuery<WorkedTime>($"""
            select run_id as "RunId", sum(extract(epoch from step))::float8 as "Seconds" from (
                select run_id, at - lag(at) over (partition by run_id order by at) as step from (
                    select run_id, at from portal.run_samples where run_id = any({runs})
                    union all select id, started_at from portal.runs where id = any({runs})
                    union all select id, finished_at from portal.runs where id = any({runs}) and finished_at is not null) moments) steps
            where step <= {RunPace.LongestStep}
            group by 1
            """).ToListAsync(cancellationToken);
        return worked.ToDictionary(x => x.RunId, x => TimeSpan.FromSeconds(x.Seconds));
    }

    private sealed record WorkedTime(long RunId, double Seconds);
}
