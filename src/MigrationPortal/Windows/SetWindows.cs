using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Windows;

/// <param name="PoolPairId">Null: those of all pool pairs.</param>
/// <param name="Seen">The version that was changed from, 0 for none; null takes whatever is there.</param>
internal sealed record SetWindows(string? PoolPairId, IReadOnlyList<Window> Windows, WindowEnd AtEnd, string? Reason, int? Seen = null);

/// <summary>Exchanges the windows of a pool pair or of all. What runs keeps to the new ones from the next sweep on.</summary>
internal sealed class SetWindowsHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed, TimeProvider clock)
{
    public const string Topic = "windows";

    public const string Action = "WindowsSet";

    private const string Doing = "change-windows";

    public async Task<Outcome<WindowSet>> HandleAsync(SetWindows request, Caller caller, CancellationToken cancellationToken)
    {
        if (Refuse(request.PoolPairId, caller) is { } lacking)
            return lacking;
        if (WindowRules.Check(request.Windows) is { } unfit)
            return unfit;
        var reason = BatchText.Reason(request.Reason, "Text.WindowsReason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (request.PoolPairId is { } pair && await PoolPairQueries.FindAsync(db, pair, cancellationToken) is null)
            return new Refusal("pool-pair-not-found.unknown", RefusalKind.NotFound, pair);
        var scope = request.PoolPairId ?? WindowSet.All;
        var before = await db.Set<WindowSet>().AsNoTracking().FirstOrDefaultAsync(x => x.Scope == scope, cancellationToken);
        if (request.Seen is { } seen && seen != (before?.Version ?? 0))
            return new Refusal("stale.windows", RefusalKind.Stale);
        var set = new WindowSet
        {
            Scope = scope,
            Version = (before?.Version ?? 0) + 1,
            Items = [.. request.Windows.Select(x => x with { Name = x.Name.Trim() })],
            AtEnd = request.AtEnd,
            By = caller.Name,
            At = clock.GetUtcNow(),
            Reason = reason.Value,
        };
        if (!await WriteAsync(db, set, cancellationToken))
            return new Refusal("stale.windows", RefusalKind.Stale);
        await audit.RecordAsync(db, caller, Action, $"windows:{scope}", request.PoolPairId, Values(before, set), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce(Topic);
        return set;
    }

    /// <summary>Null when the caller may change them there.</summary>
    /// <param name="poolPairId">Null: those of all pool pairs.</param>
    public static Refusal? Refuse(string? poolPairId, Caller caller) => Rights.RequireWhole(caller, Doing, [Role.Administrator], poolPairId, "out-of-scope.windows");

    // One statement whose row says which version it follows: of two at once, one is told.
    private static async Task<bool> WriteAsync(PortalDbContext db, WindowSet set, CancellationToken cancellationToken)
    {
        var (items, atEnd) = (JsonSerializer.Serialize(set.Items, JsonSerializerOptions.Web), set.AtEnd.ToString());
        return await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.windows AS w (scope, version, items, at_end, by, at, reason)
            VALUES ({set.Scope}, {set.Version}, {items}::jsonb, {atEnd}, {set.By}, {set.At}, {set.Reason})
            ON CONFLICT (scope) DO UPDATE SET version = excluded.version, items = excluded.items, at_end = excluded.at_end, by = excluded.by, at = excluded.at, reason = excluded.reason
            WHERE w.version = excluded.version - 1
            """, cancellationToken) == 1;
    }

    private static Dictionary<string, string?> Values(WindowSet? before, WindowSet after) => new(StringComparer.Ordinal)
    {
        ["before"] = before is null ? null : JsonSerializer.Serialize(before.Items, ApiJson.Options),
        ["after"] = JsonSerializer.Serialize(after.Items, ApiJson.Options),
        ["atEnd"] = after.AtEnd.ToString(),
        ["version"] = after.Version.ToString(CultureInfo.InvariantCulture),
        ["reason"] = after.Reason,
    };
}
