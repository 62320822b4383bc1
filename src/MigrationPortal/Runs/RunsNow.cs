using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Runs.Watching;

namespace MigrationPortal.Runs;

/// <summary>A run that is not over, with its figures of this moment.</summary>
public sealed record RunNow(RunView Run, RunTotals Totals, RunPace Pace);

/// <summary>What runs in a pool pair, for pages that show several runs; read once for everybody, at most every two seconds.</summary>
internal sealed class RunsNow(IDbContextFactory<PortalDbContext> databases, RunQueries queries, RunTroubles troubles, SharedReading<RunsNow.Now> shared, TimeProvider time)
{
    /// <summary>More are on the page of runs.</summary>
    private const int Most = 8;

    public Task<Now> FindAsync(string poolPairId, CancellationToken cancellationToken) =>
        shared.ReadAsync(poolPairId, () => ReadAsync(poolPairId), cancellationToken);

    private async Task<Now> ReadAsync(string poolPairId)
    {
        var open = await queries.ListOpenAsync(poolPairId, Most, CancellationToken.None);
        if (open.Count == 0)
            return new([], []);
        var ids = open.Select(x => x.Id).ToList();
        var totals = await queries.SumAsync(ids, CancellationToken.None);
        var now = time.GetUtcNow();
        var since = now - RunPace.Window - RunPace.LongestStep;
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var samples = (await db.Set<RunSample>().AsNoTracking().Where(x => ids.Contains(x.RunId) && x.At > since).OrderBy(x => x.At).ToListAsync(CancellationToken.None)).ToLookup(x => x.RunId);
        return new(
            [.. open.Select(run => Of(run, totals.GetValueOrDefault(run.Id) ?? RunTotals.None, [.. samples[run.Id]], now))],
            await troubles.ListAsync(poolPairId, CancellationToken.None));
    }

    private static RunNow Of(RunView run, RunTotals totals, IReadOnlyList<RunSample> samples, DateTimeOffset now) =>
        new(run, totals, RunPace.Of(samples, default, RunRates.None, totals, run.State == RunState.Running, now));

    /// <param name="Troubles">Stalls, and rooms of which nobody knows what was written.</param>
    internal sealed record Now(IReadOnlyList<RunNow> Runs, IReadOnlyList<RunTrouble> Troubles);
}
