using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Freezes;

/// <param name="PoolPairId">Null: all pool pairs.</param>
/// <param name="IsFrozen">False lifts it.</param>
/// <param name="PauseRuns">Also pauses what runs now.</param>
/// <param name="Until">When it is meant to end; it is lifted by a person.</param>
internal sealed record SetFreeze(string? PoolPairId, bool IsFrozen, string? Reason, bool PauseRuns = false, DateTimeOffset? Until = null);

/// <summary>Sets or lifts a freeze. Answered, no start that had not committed before does so any more.</summary>
internal sealed class SetFreezeHandler(
    IDbContextFactory<PortalDbContext> databases, PoolPairQueries pairs, PauseFrozen pause, AuditTrail audit, NoticeOutbox outbox, LiveFeed feed, TimeProvider clock)
{
    public const string Topic = "freeze";

    public const string Notice = "FreezeChanged";

    private static readonly Role[] _roles = [Role.Operator, Role.Administrator];

    public async Task<Outcome<FreezeState>> HandleAsync(SetFreeze request, Caller caller, FreezeQueries queries, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(request, caller, cancellationToken) is { } refusal)
            return refusal;
        var reason = BatchText.Reason(request.Reason, "Text.FreezeReason");
        if (!reason.IsDone)
            return reason.Refusal;
        var scope = request.PoolPairId ?? Freeze.All;
        // Npgsql writes no other offset.
        var (now, at) = (clock.GetUtcNow(), request.Until?.ToUniversalTime());
        if (request.IsFrozen && at <= now)
            return new Refusal("freeze-until", RefusalKind.Invalid);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // The row for all pairs first, whatever the scope: every start holds it, so that this waits for those under way.
            await db.Database.ExecuteSqlAsync($"SELECT FROM portal.freezes WHERE scope IN ({Freeze.All}, {scope}) ORDER BY scope FOR UPDATE", cancellationToken);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO portal.freezes (scope, is_frozen, by, at, reason, until) VALUES ({scope}, {request.IsFrozen}, {caller.Name}, {now}, {reason.Value}, {at})
                ON CONFLICT (scope) DO UPDATE SET is_frozen = excluded.is_frozen, by = excluded.by, at = excluded.at, reason = excluded.reason, until = excluded.until
                """, cancellationToken);
            NoticeOutbox.Add(db, new NoticeEvent
            {
                Kind = Notice,
                Subject = $"freeze:{scope}",
                PoolPairId = request.PoolPairId,
                By = caller.Name,
                At = now,
                Title = request.PoolPairId ?? "MigrationPortal",
                Sentence = new(request.IsFrozen ? "Notice.FreezeSet" : "Notice.FreezeLifted", caller.DisplayName),
                Detail = Wording.OfText(reason.Value),
                Url = Ui.Urls.Freeze(),
            });
            await db.SaveChangesAsync(cancellationToken);
            var details = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["reason"] = reason.Value,
                ["until"] = at?.ToString("O", CultureInfo.InvariantCulture),
                ["pauseRuns"] = request.PauseRuns ? "true" : "false",
            };
            await audit.RecordAsync(db, caller, request.IsFrozen ? "FreezeSet" : "FreezeLifted", $"freeze:{scope}", request.PoolPairId, details, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        feed.Announce(Topic);
        outbox.Wake();
        if (request is { IsFrozen: true, PauseRuns: true })
            await pause.HandleAsync(request.PoolPairId, reason.Value, cancellationToken);
        return await queries.FindAsync(cancellationToken);
    }

    private async Task<Refusal?> RefuseAsync(SetFreeze request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "freeze-starts", _roles) is { } lacking)
            return lacking;
        if (request.PoolPairId is { } pair && await pairs.FindAsync(pair, cancellationToken) is null)
            return new("pool-pair-not-found.unknown", RefusalKind.NotFound, pair);
        return Refuse(request.PoolPairId, caller);
    }

    /// <summary>Null when the caller may set and lift it there.</summary>
    /// <param name="poolPairId">Null: all pool pairs.</param>
    public static Refusal? Refuse(string? poolPairId, Caller caller) => Rights.RequireWhole(caller, "freeze-starts", _roles, poolPairId, "out-of-scope.freeze");
}
