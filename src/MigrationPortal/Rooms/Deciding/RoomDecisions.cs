using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>A decision about rooms: who may make it, how the audit names it, and what it changes.</summary>
/// <param name="Doing">What refusals say is refused.</param>
/// <param name="Change">Answers how many rooms it changed, or why none.</param>
internal sealed record RoomDecision(string Doing, Role[] Roles, string AuditKind, Func<PortalDbContext, long[], CancellationToken, Task<Outcome<int>>> Change)
{
    public IReadOnlyCollection<long> RoomIds { get; init; } = [];

    public bool NeedsReason { get; init; }

    public string? Reason { get; init; }

    /// <summary>What the audit says of each room, asked after the change; null: the same of all.</summary>
    public Func<long, RoomDeed>? DeedOf { get; init; }
}

/// <param name="Kind">How the audit names it.</param>
/// <param name="ProposedBy">Whose proposal was decided about; null where there was none.</param>
internal sealed record RoomDeed(string Kind, string? Reason, string? ProposedBy = null);

/// <summary>Takes every decision about rooms the same way: all of them or none, within the caller's reach, recorded and announced.</summary>
internal sealed class RoomDecisions(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed)
{
    public async Task<Outcome<int>> TakeAsync(RoomDecision decision, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, decision.Doing, decision.Roles) is { } refusal)
            return refusal;
        if (decision.NeedsReason && RoomReason.Check(decision.Reason) is { } unfit)
            return unfit;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = await ChosenRooms.LoadAsync(db, decision.RoomIds, cancellationToken);
        if (!chosen.IsDone)
            return chosen.Refusal;
        var (pair, ids) = (chosen.Value.PoolPairId, chosen.Value.RoomIds);
        if (await RoomScope.RefuseAsync(db, caller, decision.Doing, decision.Roles, pair, ids, cancellationToken) is { } outside)
            return outside;
        var changed = await decision.Change(db, ids, cancellationToken);
        if (!changed.IsDone)
            return changed.Refusal;
        if (changed.Value > 0)
        {
            foreach (var same in ids.GroupBy(id => decision.DeedOf?.Invoke(id) ?? new(decision.AuditKind, decision.Reason)))
                await new ChosenRooms(pair, [.. same]).RecordAsync(db, audit, caller, same.Key, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{pair}");
        return changed;
    }
}
