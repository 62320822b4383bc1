using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Says that rooms may stay as different as they are. All of them or none.</summary>
internal sealed record AcceptDifferences(IReadOnlyCollection<long> RoomIds, string? Reason);

/// <param name="Proposed">Rooms whose messages differ: a second person confirms those.</param>
internal sealed record AcceptedDifferences(int Accepted, int Proposed);

/// <summary>One person may live with a setting; that messages are missing or altered is proposed, and an approver who neither proposed it nor made or ran the batch confirms it.</summary>
internal sealed class AcceptDifferencesHandler(RoomDecisions decisions, IAcceptanceHistory history, TimeProvider time)
{
    private const string Accepted = "DifferenceAccepted";

    public async Task<Outcome<AcceptedDifferences>> HandleAsync(AcceptDifferences request, Caller caller, CancellationToken cancellationToken)
    {
        HashSet<long> lost = [];
        List<Action> announcements = [];
        var decision = new RoomDecision("accept-difference", [Role.Planner, Role.Approver], Accepted, AcceptAsync)
        {
            RoomIds = request.RoomIds,
            NeedsReason = true,
            Reason = request.Reason,
            DeedOf = room => new(lost.Contains(room) ? "AcceptanceProposed" : Accepted, request.Reason),
        };
        var taken = await decisions.TakeAsync(decision, caller, cancellationToken);
        if (!taken.IsDone)
            return taken.Refusal;
        announcements.ForEach(announce => announce());
        return new AcceptedDifferences(taken.Value - lost.Count, lost.Count);

        async Task<Outcome<int>> AcceptAsync(PortalDbContext db, long[] ids, CancellationToken token)
        {
            var (pairs, reason) = (RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId)), request.Reason!.Trim());
            if (await FindUnfitAsync(db, pairs, token) is { } unfit)
                return unfit;
            lost.UnionWith(await pairs.Where(x => x.MessageDifference != null).Select(x => x.RoomId).ToListAsync(token));
            if (lost.Count > 0 && !await AcceptanceProposals.AddAsync(db, [.. lost], caller.Name, time.GetUtcNow(), reason, token))
                return new Refusal("acceptance-proposed.now", RefusalKind.Conflict);
            long[] others = [.. ids.Where(x => !lost.Contains(x))];
            await KeepAsync(db, others, reason, caller, token);
            var done = await RoomSelection.Current(db).Where(x => others.Contains(x.RoomId) && x.Comparison == Comparison.Different)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Accepted), token);
            if (others.Length > 0)
                announcements.Add(await history.RecordAsync(db, new(caller, "DifferencesAccepted", others, reason), token));
            if (lost.Count > 0)
                announcements.Add(await history.RecordAsync(db, new(caller, "AcceptanceProposed", [.. lost], reason), token));
            return done + lost.Count;
        }
    }

    private static async Task<Refusal?> FindUnfitAsync(PortalDbContext db, IQueryable<RoomPair> pairs, CancellationToken cancellationToken)
    {
        var same = await pairs.Where(x => x.Comparison != Comparison.Different).Select(x => x.LegacyName ?? x.NewName).FirstOrDefaultAsync(cancellationToken);
        if (same is not null)
            return new("not-different.room", RefusalKind.Conflict, same);
        var waiting = await (
            from proposal in AcceptanceProposals.Live(db)
            join pair in pairs on proposal.RoomId equals pair.RoomId
            select pair.LegacyName ?? pair.NewName).FirstOrDefaultAsync(cancellationToken);
        return waiting is null ? null : new("acceptance-proposed.room", RefusalKind.Conflict, waiting);
    }

    // As it was seen: what comes on top of it is a new difference.
    private Task<int> KeepAsync(PortalDbContext db, long[] rooms, string reason, Caller caller, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE portal.rooms r SET accepted_by = {caller.Name}, accepted_at = {time.GetUtcNow()}, accepted_reason = {reason}, accepted_confirmed_by = NULL,
                accepted_differences = p.differences, accepted_messages = p.message_difference
            FROM portal.room_pairs p
            JOIN portal.pool_pairs pool ON pool.current_scan_id = p.scan_id
            WHERE p.room_id = r.id AND r.id = ANY ({rooms})
            """,
            cancellationToken);
}
