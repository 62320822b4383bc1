using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Runs.Watching;

/// <param name="Rates">Of the whole run, in steps of that length.</param>
internal sealed record RunPicture(RunView Run, IReadOnlyList<TransferLine> Transfers, IReadOnlyList<RunSample> Samples, TimeSpan Step, IReadOnlyList<RateCell> Rates, DateTimeOffset ReadAt);

/// <param name="Samples">Those after the last one that is known.</param>
/// <param name="ReadAt">By the database's clock, before anything was read.</param>
internal sealed record RunNews(RunView Run, IReadOnlyList<TransferLine> Transfers, IReadOnlyList<RunSample> Samples, DateTimeOffset ReadAt);

/// <summary>What a live view of a run is read from: all of it once, then what changed.</summary>
internal sealed class RunPictures(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Everything a live view starts from.</summary>
    public async Task<RunPicture?> FindAsync(long runId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var run = await RunQueries.Views(db, db.Set<Run>().Where(x => x.Id == runId)).FirstOrDefaultAsync(cancellationToken);
        if (run is null)
            return null;
        var readAt = await NowAsync(db, cancellationToken);
        var transfers = await db.Set<RoomTransfer>().AsNoTracking().Where(x => x.RunId == runId).OrderBy(x => x.Ordinal).ToListAsync(cancellationToken);
        var since = (run.FinishedAt ?? time.GetUtcNow()) - RunPace.Window - RunPace.LongestStep;
        var samples = await db.Set<RunSample>().AsNoTracking().Where(x => x.RunId == runId && x.At > since).OrderBy(x => x.At).ToListAsync(cancellationToken);
        var step = RateSeries.StepOf((run.FinishedAt ?? time.GetUtcNow()) - run.StartedAt);
        var rates = await ListRatesAsync(db, run, step, cancellationToken);
        return new(run, [.. transfers.Select(TransferLine.Of)], samples, step, rates, readAt);
    }

    private static Task<List<RateCell>> ListRatesAsync(PortalDbContext db, RunView run, TimeSpan step, CancellationToken cancellationToken) => db.Database.SqlQuery<RateCell>($"""
        select greatest(floor(extract(epoch from at - {run.StartedAt}) / {step.TotalSeconds}), 0)::int as "Index", sum(copied)::bigint as "Copied", sum(extract(epoch from step))::float8 as "Seconds" from (
            select at, at - lag(at) over steps as step, copied_message_count - lag(copied_message_count) over steps as copied
            from portal.run_samples where run_id = {run.Id} window steps as (order by at)) x
        where step > interval '0' and step <= {RunPace.LongestStep}
        group by 1 order by 1
        """).ToListAsync(cancellationToken);

    /// <summary>What changed since: costs what changed, not what the run has.</summary>
    /// <param name="since">A time of the database's clock, as <see cref="RunPicture.ReadAt"/>.</param>
    public async Task<RunNews?> FindNewsAsync(long runId, DateTimeOffset since, DateTimeOffset? lastSample, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var readAt = await NowAsync(db, cancellationToken);
        var run = await RunQueries.Views(db, db.Set<Run>().Where(x => x.Id == runId)).FirstOrDefaultAsync(cancellationToken);
        if (run is null)
            return null;
        var transfers = await db.Set<RoomTransfer>().AsNoTracking().Where(x => x.RunId == runId && x.ChangedAt >= since).ToListAsync(cancellationToken);
        var from = lastSample ?? (run.FinishedAt ?? time.GetUtcNow()) - RunPace.Window - RunPace.LongestStep;
        var samples = await db.Set<RunSample>().AsNoTracking().Where(x => x.RunId == runId && x.At > from).OrderBy(x => x.At).ToListAsync(cancellationToken);
        return new(run, [.. transfers.Select(TransferLine.Of)], samples, readAt);
    }

    private static Task<DateTimeOffset> NowAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DateTimeOffset>($"select clock_timestamp() as \"Value\"").SingleAsync(cancellationToken);
}
