using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Why somebody may not confirm or reject what others proposed to accept.</summary>
internal sealed class AcceptanceRefusals(IDbContextFactory<PortalDbContext> databases, IOwnWork work)
{
    public static string Doing(bool isConfirmed) => isConfirmed ? "confirm-acceptance" : "reject-acceptance";

    /// <summary>Of all of these proposals together, for buttons; null where the person may.</summary>
    public async Task<Refusal?> FindAsync(string poolPairId, IReadOnlyCollection<long> proposalIds, bool isConfirmed, Caller caller, CancellationToken cancellationToken)
    {
        var doing = Doing(isConfirmed);
        if (Rights.RequireIn(caller, doing, poolPairId, Role.Approver) is { } refusal)
            return refusal;
        if (proposalIds.Count == 0)
            return null;
        var ids = proposalIds.ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rooms = db.Set<AcceptanceProposal>().Where(x => ids.Contains(x.Id)).Select(x => x.RoomId);
        if (!Rights.Reaches(caller, poolPairId, Role.Approver) && await RoomScope.RefuseAsync(db, caller, doing, [Role.Approver], poolPairId, rooms, cancellationToken) is { } outside)
            return outside;
        return isConfirmed ? await FindOwnWorkAsync(db, rooms, caller, cancellationToken) : null;
    }

    /// <summary>Of the proposal of each of these rooms alone, for buttons; asked at once, since a page may have a thousand of them.</summary>
    /// <returns>By room; without those whose proposal the person may confirm, or reject.</returns>
    public async Task<(Dictionary<long, Refusal> Confirm, Dictionary<long, Refusal> Reject)> ListAsync(
        string poolPairId, IReadOnlyCollection<long> roomIds, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireIn(caller, Doing(isConfirmed: true), poolPairId, Role.Approver) is { } confirming
            && Rights.RequireIn(caller, Doing(isConfirmed: false), poolPairId, Role.Approver) is { } rejecting)
            return (roomIds.ToDictionary(x => x, _ => confirming), roomIds.ToDictionary(x => x, _ => rejecting));
        if (roomIds.Count == 0)
            return ([], []);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rooms = Rooms(db, roomIds);
        // A role that does not reach a room reaches it for neither.
        var reject = await RoomScope.RefuseEachAsync(db, caller, Doing(isConfirmed: false), [Role.Approver], poolPairId, rooms, cancellationToken);
        var confirm = new Dictionary<long, Refusal>(reject);
        foreach (var own in await work.Of(db, rooms, caller.Name).ToListAsync(cancellationToken))
            confirm.TryAdd(own.RoomId, OfOwnWork(own));
        return (confirm, reject);
    }

    /// <summary>Whoever made a batch of the rooms or ran it does not decide that it may have lost something.</summary>
    public Task<Refusal?> FindOwnWorkAsync(PortalDbContext db, IReadOnlyCollection<long> roomIds, Caller caller, CancellationToken cancellationToken) =>
        FindOwnWorkAsync(db, Rooms(db, roomIds), caller, cancellationToken);

    private async Task<Refusal?> FindOwnWorkAsync(PortalDbContext db, IQueryable<long> rooms, Caller caller, CancellationToken cancellationToken) =>
        await work.Of(db, rooms, caller.Name).FirstOrDefaultAsync(cancellationToken) is { } own ? OfOwnWork(own) : null;

    private static Refusal OfOwnWork(OwnRoom own) => new("four-eyes.lost-messages", RefusalKind.NotAllowed, own.Batch);

    private static IQueryable<long> Rooms(PortalDbContext db, IReadOnlyCollection<long> roomIds)
    {
        var ids = roomIds.ToArray();
        return db.Set<Room>().Where(x => ids.Contains(x.Id)).Select(x => x.Id);
    }
}
