using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Says that rooms may stay as different as they are. All of them or none.</summary>
internal sealed record AcceptDifferences(IReadOnlyCollection<long> RoomIds, string? Reason);

internal sealed class AcceptDifferencesHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, IOwnWork work, LiveFeed feed, TimeProvider time)
{
    public async Task<Outcome<int>> HandleAsync(AcceptDifferences request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "accept-difference", Role.Planner, Role.Approver) is { } refusal)
            return refusal;
        if (RoomReason.Check(request.Reason) is { } unfit)
            return unfit;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = await ChosenRooms.LoadAsync(db, request.RoomIds, cancellationToken);
        if (!chosen.IsDone)
            return chosen.Refusal;
        if (await RoomScope.RefuseAsync(db, caller, "accept-difference", [Role.Planner, Role.Approver], chosen.Value.PoolPairId, chosen.Value.RoomIds, cancellationToken) is { } outside)
            return outside;
        var ids = chosen.Value.RoomIds;
        var pairs = RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId));
        if ((await UnfitAsync(pairs, caller, cancellationToken) ?? await OwnWorkAsync(db, pairs, caller, cancellationToken)) is { } wrong)
            return wrong;

        await KeepAsync(db, ids, request.Reason!.Trim(), caller, cancellationToken);
        var done = await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId) && x.Comparison == Comparison.Different)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Accepted), cancellationToken);
        await chosen.Value.RecordAsync(db, audit, caller, "DifferenceAccepted", request.Reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{chosen.Value.PoolPairId}");
        return done;
    }

    // A planner may live with a setting; that messages are missing or altered needs the second pair of eyes.
    private static async Task<Refusal?> UnfitAsync(IQueryable<RoomPair> pairs, Caller caller, CancellationToken cancellationToken)
    {
        var same = await pairs.Where(x => x.Comparison != Comparison.Different).Select(x => x.LegacyName ?? x.NewName).FirstOrDefaultAsync(cancellationToken);
        if (same is not null)
            return new("not-different.room", RefusalKind.Conflict, same);
        var lost = await pairs.Where(x => x.MessageDifference != null).Select(x => x.LegacyName).FirstOrDefaultAsync(cancellationToken);
        return lost is null ? null : Rights.Require(caller, Role.Approver, "accept-lost-messages");
    }

    // As it was seen: what comes on top of it is a new difference.
    private Task<int> KeepAsync(PortalDbContext db, long[] rooms, string reason, Caller caller, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE portal.rooms r SET accepted_by = {caller.Name}, accepted_at = {time.GetUtcNow()}, accepted_reason = {reason},
                accepted_differences = p.differences, accepted_messages = p.message_difference
            FROM portal.room_pairs p
            JOIN portal.pool_pairs pool ON pool.current_scan_id = p.scan_id
            WHERE p.room_id = r.id AND r.id = ANY ({rooms})
            """,
            cancellationToken);

    // Whoever made the batch or ran it does not alone decide that it may have lost something.
    private async Task<Refusal?> OwnWorkAsync(PortalDbContext db, IQueryable<RoomPair> pairs, Caller caller, CancellationToken cancellationToken)
    {
        var own = await work.FindAsync(db, pairs.Where(x => x.MessageDifference != null).Select(x => x.RoomId), caller.Name, cancellationToken);
        return own is null
            ? null
            : new("four-eyes.lost-messages", RefusalKind.NotAllowed, own);
    }
}
