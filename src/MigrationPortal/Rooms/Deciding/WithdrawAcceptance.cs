using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Takes back that a room's difference was accepted.</summary>
internal sealed record WithdrawAcceptance(long RoomId);

internal sealed class RejectDifferenceHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed)
{
    public async Task<Outcome<int>> HandleAsync(WithdrawAcceptance request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "withdraw-acceptance", Role.Planner, Role.Approver) is { } refusal)
            return refusal;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = await ChosenRooms.LoadAsync(db, [request.RoomId], cancellationToken);
        if (!chosen.IsDone)
            return chosen.Refusal;
        if (await RoomScope.RefuseAsync(db, caller, "withdraw-acceptance", [Role.Planner, Role.Approver], chosen.Value.PoolPairId, chosen.Value.RoomIds, cancellationToken) is { } outside)
            return outside;
        var done = await db.Set<Room>().Where(x => x.Id == request.RoomId && x.AcceptedAt != null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.AcceptedBy, (string?)null)
                .SetProperty(x => x.AcceptedAt, (DateTimeOffset?)null)
                .SetProperty(x => x.AcceptedReason, (string?)null)
                .SetProperty(x => x.AcceptedDifferences, new List<string>())
                .SetProperty(x => x.AcceptedMessages, (string?)null), cancellationToken);
        await RoomSelection.Current(db).Where(x => x.RoomId == request.RoomId && x.Comparison == Comparison.Accepted)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Different), cancellationToken);
        if (done > 0)
            await chosen.Value.RecordAsync(db, audit, caller, "AcceptanceTakenBack", null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{chosen.Value.PoolPairId}");
        return done;
    }
}
