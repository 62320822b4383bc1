using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Decides about proposals to accept that messages differ. All of them or none.</summary>
/// <param name="Reason">Needed to reject somebody else's.</param>
internal sealed record DecideAcceptance(IReadOnlyCollection<long> ProposalIds, bool IsConfirmed, string? Reason = null);

/// <summary>
/// The second person: an approver who neither proposed it nor made or ran the batch confirms it; an approver rejects it; whoever proposed it
/// may withdraw it.
/// </summary>
internal sealed class DecideAcceptanceHandler(IDbContextFactory<PortalDbContext> databases, RoomDecisions decisions, AcceptanceRefusals refusals, IAcceptanceHistory history, TimeProvider time)
{
    /// <returns>How many.</returns>
    public async Task<Outcome<int>> HandleAsync(DecideAcceptance request, Caller caller, CancellationToken cancellationToken)
    {
        var doing = AcceptanceRefusals.Doing(request.IsConfirmed);
        if (Rights.RequireAny(caller, doing, request.IsConfirmed ? [Role.Approver] : [Role.Planner, Role.Approver]) is { } refusal)
            return refusal;
        var ids = request.ProposalIds.Distinct().ToArray();
        var proposals = await ListAsync(ids, cancellationToken);
        if (proposals.Count < ids.Length)
            return new Refusal("acceptance-proposal-not-found", RefusalKind.NotFound, $"{ids.Except(proposals.Keys).First()}");
        var isOwn = proposals.Values.All(x => x.By == caller.Name);

        // Of two for one room at most one is open: the other one is refused below.
        var byRoom = proposals.Values.DistinctBy(x => x.RoomId).ToDictionary(x => x.RoomId);
        List<AcceptanceTold> told = [];
        var kind = request.IsConfirmed ? "AcceptanceConfirmed" : isOwn ? "AcceptanceWithdrawn" : "AcceptanceRejected";
        var typed = request.IsConfirmed || string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        var decision = new RoomDecision(doing, !request.IsConfirmed && isOwn ? [Role.Planner, Role.Approver] : [Role.Approver], kind, DecideAsync)
        {
            RoomIds = byRoom.Keys,
            NeedsReason = !request.IsConfirmed && (!isOwn || typed is not null),
            Reason = typed,
            DeedOf = room => new(kind, request.IsConfirmed ? byRoom[room].Reason : typed, byRoom[room].By),
        };
        var taken = await decisions.TakeAsync(decision, caller, cancellationToken);
        if (!taken.IsDone)
            return taken.Refusal;
        told.ForEach(x => x.Announce());
        return taken.Value.Count;

        async Task<Outcome<RoomsChanged>> DecideAsync(PortalDbContext db, long[] rooms, CancellationToken token)
        {
            if (await LockAndCheckAsync(db, ids, token) is { } closed)
                return closed;
            if (request.IsConfirmed && (await FindUnfitAsync(db, rooms, [.. proposals.Values], caller, token)) is { } unfit)
                return unfit;
            var (state, now) = (request.IsConfirmed ? AcceptanceState.Confirmed : AcceptanceState.Rejected, time.GetUtcNow());
            if (request.IsConfirmed && !await AcceptanceProposals.ApplyAsync(db, ids, caller.Name, now, token))
                return new Refusal("acceptance-proposal-closed.changed", RefusalKind.Conflict);
            var done = await db.Set<AcceptanceProposal>().Where(x => ids.Contains(x.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(x => x.State, state).SetProperty(x => x.DecidedBy, caller.Name).SetProperty(x => x.DecidedAt, now).SetProperty(x => x.DecidedReason, typed), token);
            foreach (var same in proposals.Values.GroupBy(x => (x.By, Reason: typed ?? x.Reason)))
                told.Add(await history.AddAsync(db, new(caller, kind, [.. same.Select(x => x.RoomId)], same.Key.Reason, same.Key.By), token));
            return new RoomsChanged(done, rooms) { Records = [.. told.SelectMany(x => x.Records)] };
        }
    }

    private async Task<Dictionary<long, AcceptanceProposal>> ListAsync(long[] ids, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<AcceptanceProposal>().AsNoTracking().Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
    }

    // In the order of their ids, so that two who decide about the same ones cannot deadlock.
    private static async Task<Refusal?> LockAndCheckAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var locked = await db.Set<AcceptanceProposal>().FromSql($"SELECT * FROM portal.acceptance_proposals WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        return locked.Find(x => x.State != AcceptanceState.Open) is { } closed
            ? new($"acceptance-proposal-closed.{closed.State}", RefusalKind.Conflict)
            : null;
    }

    private async Task<Refusal?> FindUnfitAsync(PortalDbContext db, long[] rooms, List<AcceptanceProposal> proposals, Caller caller, CancellationToken cancellationToken) =>
        proposals.Exists(x => x.By == caller.Name)
            ? new("four-eyes.acceptance", RefusalKind.NotAllowed)
            : await refusals.FindOwnWorkAsync(db, rooms, caller, cancellationToken);
}
