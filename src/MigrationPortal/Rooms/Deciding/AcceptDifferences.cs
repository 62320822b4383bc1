using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Says that rooms may stay as different as they are. All of them or none, unless only those are asked for whose differences can be accepted.</summary>
internal sealed record AcceptDifferences(IReadOnlyCollection<long> RoomIds, string? Reason)
{
    /// <summary>Accepts what can be and counts the others.</summary>
    public bool OnlyFitting { get; init; }

    /// <summary>How each room differed when it was looked at (<see cref="DifferenceKey"/>): one that differs otherwise now, or is missing here, is not accepted. Null accepts what is there.</summary>
    public IReadOnlyDictionary<long, string?>? Seen { get; init; }
}

/// <param name="Accepted">How many rooms.</param>
/// <param name="Proposed">Rooms whose messages differ: a second person confirms those.</param>
internal sealed record AcceptedDifferences(int Accepted, int Proposed)
{
    /// <summary>Those that are accepted.</summary>
    public IReadOnlyList<long> RoomIds { get; init; } = [];

    /// <summary>Those whose acceptance is proposed.</summary>
    public IReadOnlyList<long> ProposedIds { get; init; } = [];

    /// <summary>Where only fitting ones were asked for: the others, by reason.</summary>
    public IReadOnlyList<LeftRooms> Left { get; init; } = [];
}

/// <summary>One person may accept that settings differ; that messages are missing or altered is proposed, and an approver who neither proposed it nor made or ran the batch confirms it.</summary>
internal sealed class AcceptDifferencesHandler(RoomDecisions decisions, IAcceptanceHistory history, TimeProvider time)
{
    private const string Accepted = "DifferenceAccepted";

    public async Task<Outcome<AcceptedDifferences>> HandleAsync(AcceptDifferences request, Caller caller, CancellationToken cancellationToken)
    {
        HashSet<long> lost = [];
        List<LeftRooms> changed = [];
        List<AcceptanceTold> told = [];
        var decision = new RoomDecision("accept-difference", JudgeChoice.RolesOf(RoomStep.Accept), Accepted, AcceptAsync)
        {
            RoomIds = request.RoomIds,
            OnlyFitting = request.OnlyFitting ? RoomStep.Accept : null,
            NeedsReason = true,
            Reason = request.Reason,
            DeedOf = room => new(lost.Contains(room) ? "AcceptanceProposed" : Accepted, request.Reason),
        };
        var taken = await decisions.TakeAsync(decision, caller, cancellationToken);
        if (!taken.IsDone)
            return taken.Refusal;
        told.ForEach(x => x.Announce());
        long[] accepted = [.. taken.Value.RoomIds.Where(x => !lost.Contains(x))];
        return new AcceptedDifferences(taken.Value.Count - lost.Count, lost.Count) { RoomIds = accepted, ProposedIds = [.. lost], Left = [.. taken.Value.Left, .. changed] };

        async Task<Outcome<RoomsChanged>> AcceptAsync(PortalDbContext db, long[] chosen, CancellationToken token)
        {
            var reason = request.Reason!.Trim();
            if (await FindUnfitAsync(db, RoomSelection.Current(db).Where(x => chosen.Contains(x.RoomId)), token) is { } unfit)
                return unfit;
            var rooms = await ListAsync(db, chosen, token);
            var unseen = rooms.FindAll(x => request.Seen is { } seen && seen.GetValueOrDefault(x.Id) != x.Key);
            if (unseen.Count > 0 && !request.OnlyFitting)
                return new Refusal("differences-changed", RefusalKind.Stale, unseen[0].Name);
            if (unseen.Count > 0)
                changed.Add(new(RoomFit.Changed, unseen.Count));

            long[] ids = [.. chosen.Except(unseen.Select(x => x.Id))];
            lost.UnionWith(rooms.Where(x => x.HasOtherMessages).Select(x => x.Id).Intersect(ids));
            if (lost.Count > 0 && !await AcceptanceProposals.AddAsync(db, [.. lost], caller.Name, time.GetUtcNow(), reason, token))
                return new Refusal("acceptance-proposed.now", RefusalKind.Conflict);
            long[] others = [.. ids.Where(x => !lost.Contains(x))];
            await KeepAsync(db, others, reason, caller, token);
            var done = await RoomSelection.Current(db).Where(x => others.Contains(x.RoomId) && x.Comparison == Comparison.Different)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Accepted), token);
            if (others.Length > 0)
                told.Add(await history.AddAsync(db, new(caller, "DifferencesAccepted", others, reason), token));
            if (lost.Count > 0)
                told.Add(await history.AddAsync(db, new(caller, "AcceptanceProposed", [.. lost], reason), token));
            return new RoomsChanged(done + lost.Count, ids) { Records = [.. told.SelectMany(x => x.Records)] };
        }
    }

    private static async Task<List<DifferentRoom>> ListAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var pairs = await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId)).OrderBy(x => x.RoomId)
            .Select(x => new { x.RoomId, Name = x.LegacyName ?? x.NewName ?? "", x.Comparison, x.Differences, x.MessageDifference }).ToListAsync(cancellationToken);
        return pairs.ConvertAll(x => new DifferentRoom(x.RoomId, x.Name, DifferenceKey.Of(x.Comparison, x.Differences, x.MessageDifference), x.MessageDifference is not null));
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

    private sealed record DifferentRoom(long Id, string Name, string? Key, bool HasOtherMessages);
}
