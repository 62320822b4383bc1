using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs.Steering;

namespace MigrationPortal.Runs.Limiting;

/// <param name="MessagesPerSecond">Over all rooms of a run; null for no limit.</param>
/// <param name="Seen">The version that was changed from, 0 for the configuration's; null takes whatever is there.</param>
internal sealed record SetRunLimits(string PoolPairId, int? MessagesPerSecond, int RoomsAtATime, string? Reason, int? Seen = null);

/// <summary>
/// Sets the limits with which runs of a pool pair start. Its open runs take over what changes: the speed within a second, more rooms at once,
/// fewer rooms as soon as those that are being copied are done.
/// </summary>
internal sealed class SetRunLimitsHandler(
    IDbContextFactory<PortalDbContext> databases, RunLimitQueries queries, BatchTimeline timeline, LiveFeed feed, TimeProvider clock)
{
    public const string Action = "RunLimitsSet";

    private const string Doing = "change-limits";

    public async Task<Outcome<CurrentLimits>> HandleAsync(SetRunLimits request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireThere(caller, Doing, [Role.Administrator], request.PoolPairId, null) is { } lacking)
            return lacking;
        if (request.MessagesPerSecond is < 1 or > RunLimits.FastestRate)
            return new Refusal("throttle-invalid", RefusalKind.Invalid, request.MessagesPerSecond, RunLimits.FastestRate);
        if (request.RoomsAtATime is < 1 or > RunLimits.MostRooms)
            return new Refusal("rooms-at-a-time-invalid", RefusalKind.Invalid, request.RoomsAtATime, RunLimits.MostRooms);
        var reason = BatchText.Reason(request.Reason, "Text.LimitsReason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await PoolPairQueries.FindAsync(db, request.PoolPairId, cancellationToken) is null)
            return new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, request.PoolPairId);
        await RunLimitQueries.HoldStartsAsync(db, request.PoolPairId, cancellationToken);
        var before = await queries.FindAsync(db, request.PoolPairId, cancellationToken);
        if (request.Seen is { } seen && seen != before.Version || !await WriteAsync(db, request, before.Version, reason.Value, caller, cancellationToken))
            return new Refusal("stale.limits", RefusalKind.Stale);
        var runs = await ApplyAsync(db, request, before, caller, cancellationToken);
        var limits = new AuditRecord(caller, Action, $"pool-pair:{request.PoolPairId}", request.PoolPairId, Values(before, request, reason.Value));
        await timeline.RecordAllAsync(db, [.. runs.Select(x => (x.Batch, x.Steps))], [limits], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{request.PoolPairId}");
        foreach (var (batch, run, _) in runs)
        {
            timeline.Announce(batch);
            feed.Announce(string.Create(CultureInfo.InvariantCulture, $"run:{run}"));
        }

        return await queries.FindAsync(request.PoolPairId, cancellationToken);
    }

    private async Task<bool> WriteAsync(PortalDbContext db, SetRunLimits request, int before, string reason, Caller caller, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO portal.run_limits (pool_pair_id, version, messages_per_second, rooms_at_a_time, by, at, reason)
            VALUES ({request.PoolPairId}, {before + 1}, {request.MessagesPerSecond}, {request.RoomsAtATime}, {caller.Name}, {clock.GetUtcNow()}, {reason})
            ON CONFLICT (pool_pair_id) DO UPDATE SET version = excluded.version, messages_per_second = excluded.messages_per_second,
                rooms_at_a_time = excluded.rooms_at_a_time, by = excluded.by, at = excluded.at, reason = excluded.reason
            WHERE run_limits.version = {before}
            """,
            cancellationToken) == 1;

    // A speed that stays keeps what an operator set for one run.
    private static async Task<List<(Batch Batch, long Run, IReadOnlyList<TimelineEntry> Steps)>> ApplyAsync(PortalDbContext db, SetRunLimits request, CurrentLimits before, Caller caller, CancellationToken cancellationToken)
    {
        var open = db.Set<Run>().Where(x => !RunStates.Over.Contains(x.State) && BatchReads.All(db).Any(batch => batch.Id == x.BatchId && batch.PoolPairId == request.PoolPairId)
            && !db.Set<Run>().Any(later => later.BatchId == x.BatchId && later.Id > x.Id));
        await open.ExecuteUpdateAsync(set => set.SetProperty(x => x.RoomsAtATime, request.RoomsAtATime).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
        var runs = await open.AsNoTracking().OrderBy(x => x.Id).Select(x => new { x.Id, x.BatchId, x.State, x.MessagesPerSecond }).ToListAsync(cancellationToken);
        if (request.MessagesPerSecond != before.MessagesPerSecond)
            await open.ExecuteUpdateAsync(set => set.SetProperty(x => x.MessagesPerSecond, request.MessagesPerSecond), cancellationToken);
        var ids = runs.Select(x => x.BatchId).ToArray();
        var batches = await BatchReads.All(db).Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
        var done = new List<(Batch Batch, long Run, IReadOnlyList<TimelineEntry> Steps)>();
        foreach (var run in runs)
        {
            var batch = batches[run.BatchId];
            // One that failed or was cancelled resumes with it; until then nothing of it goes slower or faster.
            var isTold = !run.State.IsFinal() && request.MessagesPerSecond != before.MessagesPerSecond && run.MessagesPerSecond != request.MessagesPerSecond;
            IReadOnlyList<TimelineEntry> steps = isTold ? [ThrottleRunHandler.Step(caller, batch, run.Id, run.MessagesPerSecond, request.MessagesPerSecond)] : [];
            done.Add((batch, run.Id, steps));
        }

        return done;
    }

    private static Dictionary<string, string?> Values(CurrentLimits before, SetRunLimits after, string reason) => new(StringComparer.Ordinal)
    {
        ["messagesPerSecond"] = Change(before.MessagesPerSecond, after.MessagesPerSecond),
        ["roomsAtATime"] = Change(before.RoomsAtATime, after.RoomsAtATime),
        ["reason"] = reason,
    };

    private static string Change(int? before, int? after) => string.Create(CultureInfo.InvariantCulture, $"{Text(before)} → {Text(after)}");

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "—";
}
