using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Says that rooms may stay as different as they are. All of them or none.</summary>
internal sealed record AcceptDifferences(IReadOnlyCollection<long> RoomIds, string? Reason);

internal sealed class AcceptDifferencesHandler(RoomDecisions decisions, IOwnWork work, TimeProvider time)
{
    public Task<Outcome<int>> HandleAsync(AcceptDifferences request, Caller caller, CancellationToken cancellationToken)
    {
        return decisions.TakeAsync(
            new("accept-difference", [Role.Planner, Role.Approver], "DifferenceAccepted", AcceptAsync) { RoomIds = request.RoomIds, NeedsReason = true, Reason = request.Reason }, caller, cancellationToken);

        async Task<Outcome<int>> AcceptAsync(PortalDbContext db, long[] ids, CancellationToken token)
        {
            var pairs = RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId));
            if ((await UnfitAsync(pairs, caller, token) ?? await OwnWorkAsync(db, pairs, caller, token)) is { } wrong)
                return wrong;
            await KeepAsync(db, ids, request.Reason!.Trim(), caller, token);
            return await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId) && x.Comparison == Comparison.Different)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Accepted), token);
        }
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
