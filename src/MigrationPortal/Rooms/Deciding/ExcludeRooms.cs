using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Decides that legacy rooms will not be migrated. All of them or none, unless only those are asked for that can be excluded.</summary>
internal sealed record ExcludeRooms(IReadOnlyCollection<long> RoomIds, string? Reason)
{
    /// <summary>Excludes those that can be and counts the others.</summary>
    public bool OnlyFitting { get; init; }
}

internal sealed class ExcludeRoomsHandler(RoomDecisions decisions, TimeProvider time)
{
    private const string Doing = "exclude-room";
    private const string Excluded = "RoomLeftOut";

    public Task<Outcome<RoomsDecided>> HandleAsync(ExcludeRooms request, Caller caller, CancellationToken cancellationToken)
    {
        var decision = new RoomDecision(Doing, JudgeChoice.RolesOf(RoomStep.Exclude), Excluded, ExcludeAsync)
        {
            RoomIds = request.RoomIds,
            OnlyFitting = request.OnlyFitting ? RoomStep.Exclude : null,
            NeedsReason = true,
            Reason = request.Reason,
        };
        return decisions.TakeAsync(decision, caller, cancellationToken);

        async Task<Outcome<RoomsChanged>> ExcludeAsync(PortalDbContext db, long[] ids, CancellationToken token)
        {
            if (await FindHeldAsync(db, ids, token) is { } held)
                return held;
            var done = await db.Set<Room>().Where(x => ids.Contains(x.Id) && x.LeftOutAt == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(x => x.LeftOutBy, caller.Name)
                    .SetProperty(x => x.LeftOutAt, time.GetUtcNow())
                    .SetProperty(x => x.LeftOutReason, request.Reason!.Trim()), token);
            return new RoomsChanged(done, ids);
        }
    }

    /// <summary>Takes back that rooms were included: each is excluded for its former reason, by whoever takes it back. All of them or none.</summary>
    /// <returns>Why that cannot be, where it cannot.</returns>
    public async Task<Refusal?> ExcludeAgainAsync(IReadOnlyList<ExcludedFor> before, Caller caller)
    {
        // Others may have included them first.
        if (before.Count == 0)
            return null;
        var reasons = before.SelectMany(x => x.RoomIds.Select(id => (Id: id, x.Reason))).ToDictionary(x => x.Id, x => x.Reason);
        var decision = new RoomDecision(Doing, JudgeChoice.RolesOf(RoomStep.Exclude), Excluded, ExcludeAsync)
        {
            RoomIds = reasons.Keys,
            DeedOf = room => new(Excluded, reasons[room]),
        };
        return (await decisions.TakeAsync(decision, caller, CancellationToken.None)).Refusal;

        async Task<Outcome<RoomsChanged>> ExcludeAsync(PortalDbContext db, long[] ids, CancellationToken token)
        {
            if (await FindHeldAsync(db, ids, token) is { } held)
                return held;
            var former = Array.ConvertAll(ids, id => reasons[id]);
            var done = await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE portal.rooms r SET left_out_by = {caller.Name}, left_out_at = {time.GetUtcNow()}, left_out_reason = again.reason
                FROM unnest({ids}, {former}) AS again (id, reason)
                WHERE r.id = again.id AND r.left_out_at IS NULL
                """,
                token);
            return new RoomsChanged(done, ids);
        }
    }

    private static async Task<Refusal?> FindHeldAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var onlyNew = await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId) && x.LegacyNodeId == null)
            .Select(x => x.NewName).FirstOrDefaultAsync(cancellationToken);
        if (onlyNew is not null)
            return new Refusal("only-new", RefusalKind.Conflict, onlyNew);

        var held = await (
            from hold in db.Set<RoomHold>()
            join pair in RoomSelection.Current(db) on hold.RoomId equals pair.RoomId
            where ids.Contains(hold.RoomId)
            orderby hold.RoomId
            select new { Room = pair.LegacyName, Batch = hold.BatchName }).FirstOrDefaultAsync(cancellationToken);
        return held is null
            ? null
            : new Refusal("room-in-batch.exclude", RefusalKind.Conflict, held.Room, held.Batch);
    }
}
