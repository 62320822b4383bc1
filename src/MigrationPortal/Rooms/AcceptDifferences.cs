using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Runs;
using MigrationPortal.SignIn;

namespace MigrationPortal.Rooms;

/// <summary>Says that rooms may stay as different as they are. All of them or none.</summary>
internal sealed record AcceptDifferences(IReadOnlyCollection<long> RoomIds, string? Reason);

internal sealed class AcceptDifferencesHandler(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    public async Task<Outcome<int>> HandleAsync(AcceptDifferences request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "Accepting a difference", Role.Planner, Role.Approver) is { } refusal)
            return refusal;
        if (RoomReason.Check(request.Reason) is { } unfit)
            return unfit;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = await ChosenRooms.LoadAsync(db, request.RoomIds, cancellationToken);
        if (!chosen.IsDone)
            return chosen.Refusal;
        if (await RoomScope.RefuseAsync(db, caller, "Accepting a difference", [Role.Planner, Role.Approver], chosen.Value.PoolPairId, chosen.Value.RoomIds, cancellationToken) is { } outside)
            return outside;
        var ids = chosen.Value.RoomIds;
        var pairs = await RoomSelection.Current(db).AsNoTracking().Where(x => ids.Contains(x.RoomId)).ToListAsync(cancellationToken);
        if ((Unfit(pairs, caller) ?? await OwnWorkAsync(db, pairs, caller, cancellationToken)) is { } wrong)
            return wrong;

        await db.Set<Room>().Where(x => ids.Contains(x.Id))
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.AcceptedBy, caller.Name)
                .SetProperty(x => x.AcceptedAt, time.GetUtcNow())
                .SetProperty(x => x.AcceptedReason, request.Reason!.Trim()), cancellationToken);
        var done = await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId) && x.Comparison == Comparison.Different)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Accepted), cancellationToken);
        await chosen.Value.RecordAsync(db, audit, caller, "DifferenceAccepted", request.Reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{chosen.Value.PoolPairId}");
        return done;
    }

    // A planner may live with a setting; that messages are missing or altered needs the second pair of eyes.
    private static Refusal? Unfit(IEnumerable<RoomPair> pairs, Caller caller)
    {
        foreach (var pair in pairs)
        {
            if (pair.Comparison != Comparison.Different)
                return new("not-different", $"“{pair.LegacyName ?? pair.NewName}” has no open difference to accept.", RefusalKind.Conflict);
            if (pair.Differences.Contains("Messages"))
            {
                if (Rights.Require(caller, Role.Approver, $"Accepting that the messages of “{pair.LegacyName}” differ") is { } refusal)
                    return refusal;
            }
        }

        return null;
    }

    // Whoever made the batch or ran it does not alone decide that it may have lost something.
    private static async Task<Refusal?> OwnWorkAsync(PortalDbContext db, List<RoomPair> pairs, Caller caller, CancellationToken cancellationToken)
    {
        var lost = pairs.Where(pair => pair.Differences.Contains("Messages")).Select(pair => pair.RoomId).ToArray();
        var own = await (
            from held in db.Set<BatchRoom>()
            join batch in db.Set<Batch>() on held.BatchId equals batch.Id
            where lost.Contains(held.RoomId)
                && (batch.Author == caller.Name || db.Set<Run>().Any(run => run.BatchId == batch.Id && run.StartedBy == caller.Name))
            select batch.Name).FirstOrDefaultAsync(cancellationToken);
        return own is null
            ? null
            : new("four-eyes", $"{caller.DisplayName} made or ran “{own}”; that its messages differ has to be accepted by somebody else.", RefusalKind.NotAllowed);
    }
}
