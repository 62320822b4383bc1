using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs;

/// <param name="UnknownRooms">Rooms of which nobody knows yet whether their last write arrived.</param>
/// <param name="StalledSince">Null while it makes progress.</param>
public sealed record RunTrouble(long BatchId, string PoolPairId, string BatchName, DateTimeOffset StartedAt, int UnknownRooms, DateTimeOffset? StalledSince)
{
    public required long RunId { get; init; }

    /// <summary>What it has done, in a form that changes with each message and byte of files.</summary>
    public required string Progress { get; init; }

    /// <summary>Why a database does not answer; null while both do.</summary>
    public Wording? Outage { get; init; }
}

/// <summary>Runs that move, or should, and need an operator all the same.</summary>
internal sealed class RunTroubles(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Longer than on the run's own page: who is somewhere else is not called for a short pause.</summary>
    public static readonly TimeSpan StallAfter = TimeSpan.FromMinutes(2);

    /// <param name="poolPairId">Null: of all pairs.</param>
    /// <returns>At most one a new pool: only one batch runs in each.</returns>
    public async Task<IReadOnlyList<RunTrouble>> ListAsync(string? poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var samples = db.Set<RunSample>().AsNoTracking();
        var moving = await (
            from run in RunQueries.All(db)
            join batch in BatchReads.All(db) on run.BatchId equals batch.Id
            where RunStates.Moving.Contains(run.State) && (poolPairId == null || batch.PoolPairId == poolPairId)
            let last = samples.Where(x => x.RunId == run.Id).OrderByDescending(x => x.At).FirstOrDefault()
            select new
            {
                run.Id,
                run.Note,
                Last = last,
                run.BatchId,
                batch.PoolPairId,
                batch.Name,
                run.StartedAt,
                Unknown = RunQueries.Transfers(db).Count(x => x.RunId == run.Id && x.State == TransferState.OutcomeUnknown),
                // When the newest figures were first seen.
                Since = last == null ? (DateTimeOffset?)null : samples
                    .Where(x => x.RunId == run.Id && x.CopiedMessageCount == last.CopiedMessageCount && x.VerifiedMessageCount == last.VerifiedMessageCount
                        && x.CopiedFileByteCount == last.CopiedFileByteCount)
                    .Min(x => (DateTimeOffset?)x.At),
            }).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return [.. moving.Select(x => new RunTrouble(x.BatchId, x.PoolPairId, x.Name, x.StartedAt, x.Unknown, now - SinceOf(x.Since, x.StartedAt, x.Note) is { } still && still >= StallAfter ? now - still : null)
            {
                RunId = x.Id,
                Progress = string.Create(CultureInfo.InvariantCulture, $"{x.Last?.CopiedMessageCount}:{x.Last?.VerifiedMessageCount}:{x.Last?.CopiedFileByteCount}"),
                Outage = IsOutage(x.Note) ? x.Note : null,
            })
            .Where(x => x.UnknownRooms > 0 || x.StalledSince is not null)];
    }

    // Whoever meets an outage before the first message has no figures yet.
    private static DateTimeOffset? SinceOf(DateTimeOffset? since, DateTimeOffset startedAt, Wording? note) => since ?? (IsOutage(note) ? startedAt : null);

    private static bool IsOutage(Wording? note) => note is { Key: WaitOut.Retry };
}
