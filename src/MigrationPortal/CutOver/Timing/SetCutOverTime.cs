using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn;

namespace MigrationPortal.CutOver.Timing;

/// <param name="StartsAt">Null: no longer planned.</param>
/// <param name="Seen">The version that was changed from, 0 for none; null takes whatever is there.</param>
internal sealed record SetCutOverTime(string PoolPairId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int? Seen = null);

/// <summary>Plans the cutover of a pool pair, changes its time or removes it. Forecasts are compared with it; nothing starts or is refused by it.</summary>
internal sealed class SetCutOverTimeHandler(IDbContextFactory<PortalDbContext> databases, FreshRights rights, AuditTrail audit, LiveFeed feed, TimeProvider clock)
{
    public const string Doing = "plan-cut-over";

    /// <summary>A forecast reaches no further.</summary>
    private const int MostYears = 10;

    public static readonly Role[] Roles = [Role.Operator, Role.Administrator];

    public async Task<Outcome<CutOverTime>> HandleAsync(SetCutOverTime request, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAnyAsync(caller, Doing, Roles, cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await PoolPairQueries.FindAsync(db, request.PoolPairId, cancellationToken) is not { } pair)
            return new Refusal("pool-pair-not-found", RefusalKind.NotFound, request.PoolPairId);
        if (Rights.RequireThere(now.Value, Doing, Roles, request.PoolPairId, null) is { } outside)
            return outside;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var before = await db.Set<CutOverTime>().AsNoTracking().SingleOrDefaultAsync(x => x.PoolPairId == pair.Id, cancellationToken);
        if (request.Seen is { } seen && seen != (before?.Version ?? 0))
            return Stale(pair);
        // Npgsql writes no other offset.
        var (starts, ends) = (request.StartsAt?.ToUniversalTime(), request.EndsAt?.ToUniversalTime());
        if (Check(starts, ends, before) is { } unfit)
            return unfit;
        var after = new CutOverTime
        {
            PoolPairId = pair.Id, StartsAt = starts, EndsAt = starts is null ? null : ends, By = caller.Name, At = clock.GetUtcNow(), Version = (before?.Version ?? 0) + 1,
        };
        // Nothing is stored where nothing changes: without a row the version is 0.
        if (before is null && starts is null)
            return new CutOverTime { PoolPairId = pair.Id, By = after.By, At = after.At, Version = 0 };
        if (before is not null && before.StartsAt == after.StartsAt && before.EndsAt == after.EndsAt)
            return before;
        if (!await WriteAsync(db, after, cancellationToken))
            return Stale(pair);
        await audit.RecordAsync(db, caller, after.StartsAt is null ? "CutOverUnplanned" : "CutOverPlanned", $"pool-pair:{pair.Id}", pair.Id, Values(after), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"cut-over:{pair.Id}");
        return after;
    }

    // A start that lies back stays as it is, so that the end can be moved while the cutover is under way.
    private Refusal? Check(DateTimeOffset? starts, DateTimeOffset? ends, CutOverTime? before)
    {
        var now = clock.GetUtcNow();
        if (starts <= now && starts != before?.StartsAt)
            return new("cut-over-time.past", RefusalKind.Invalid);
        if (starts > now.AddYears(MostYears) || ends > now.AddYears(MostYears))
            return new("cut-over-time.far", RefusalKind.Invalid, MostYears);
        return ends is not null && !(ends > starts) ? new("cut-over-time.order", RefusalKind.Invalid) : null;
    }

    private static Refusal Stale(PoolPair pair) => new("stale.cut-over-time", RefusalKind.Stale, pair.Name);

    // One statement whose row says which version it follows: of two at once, one is told.
    private static async Task<bool> WriteAsync(PortalDbContext db, CutOverTime time, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"""
            insert into portal.cut_over_times as t (pool_pair_id, starts_at, ends_at, by, at, version)
            values ({time.PoolPairId}, {time.StartsAt}, {time.EndsAt}, {time.By}, {time.At}, {time.Version})
            on conflict (pool_pair_id) do update
            set starts_at = excluded.starts_at, ends_at = excluded.ends_at, by = excluded.by, at = excluded.at, version = excluded.version
            where t.version = excluded.version - 1
            """, cancellationToken) == 1;

    private static Dictionary<string, string?> Values(CutOverTime after) => new(StringComparer.Ordinal)
    {
        ["from"] = after.StartsAt?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = after.EndsAt?.ToString("O", CultureInfo.InvariantCulture),
        ["version"] = after.Version.ToString(CultureInfo.InvariantCulture),
    };
}
