using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>A decision about rooms: who may make it, how the audit names it, and what it changes.</summary>
/// <param name="Doing">What refusals say is refused.</param>
/// <param name="Change">Answers what it changed, or why nothing.</param>
internal sealed record RoomDecision(string Doing, Role[] Roles, string AuditKind, Func<PortalDbContext, long[], CancellationToken, Task<Outcome<RoomsChanged>>> Change)
{
    public IReadOnlyCollection<long> RoomIds { get; init; } = [];

    /// <summary>Decides about those of the rooms with which this can be done, and counts the others; null: all of them or none.</summary>
    public RoomStep? OnlyFitting { get; init; }

    public bool NeedsReason { get; init; }

    public string? Reason { get; init; }

    /// <summary>What the audit says of each room, asked after the change; null: the same of all.</summary>
    public Func<long, RoomDeed>? DeedOf { get; init; }
}

/// <param name="Count">How many are other than before.</param>
/// <param name="RoomIds">Those that the decision is about.</param>
internal sealed record RoomsChanged(int Count, long[] RoomIds)
{
    /// <summary>What the audit takes before what it says of each room.</summary>
    public IReadOnlyList<AuditRecord> Records { get; init; } = [];
}

/// <param name="Count">How many are other than before.</param>
/// <param name="Left">Where only fitting ones were asked for: the others, by reason.</param>
internal sealed record RoomsDecided(int Count, long[] RoomIds, IReadOnlyList<LeftRooms> Left);

/// <param name="Kind">How the audit names it.</param>
/// <param name="ProposedBy">Whose proposal was decided about; null where there was none.</param>
internal sealed record RoomDeed(string Kind, string? Reason, string? ProposedBy = null);

/// <summary>Takes every decision about rooms the same way: all of them or none, or those that fit, within the caller's reach, recorded and announced.</summary>
internal sealed class RoomDecisions(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, LiveFeed feed)
{
    public async Task<Outcome<RoomsDecided>> TakeAsync(RoomDecision decision, Caller caller, CancellationToken cancellationToken)
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
        await LockAsync(db, pair, ids, cancellationToken);
        var judged = decision.OnlyFitting is { } step ? await JudgeChoice.HandleAsync(db, step, pair, ids, caller, cancellationToken) : new(ids, []);
        if (judged.Fitting.Length == 0)
            return new RoomsDecided(0, [], judged.Left);
        if (await RoomScope.RefuseAsync(db, caller, decision.Doing, decision.Roles, pair, judged.Fitting, cancellationToken) is { } outside)
            return outside;
        var changed = await decision.Change(db, judged.Fitting, cancellationToken);
        if (!changed.IsDone)
            return changed.Refusal;
        List<AuditRecord> records = [.. changed.Value.Records];
        if (changed.Value.Count > 0)
        {
            foreach (var same in changed.Value.RoomIds.GroupBy(id => decision.DeedOf?.Invoke(id) ?? new(decision.AuditKind, decision.Reason)))
                records.AddRange(new ChosenRooms(pair, [.. same]).RecordsOf(caller, same.Key));
        }

        await audit.RecordAsync(db, records, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce($"pair:{pair}");
        return new RoomsDecided(changed.Value.Count, changed.Value.RoomIds, judged.Left);
    }

    // What is judged stays so until it is decided: a verification takes a room's row before it changes how the room differs, and a scan that ends changes the pair's.
    // In the order of their ids, so that two who decide about the same rooms cannot deadlock.
    private static async Task LockAsync(PortalDbContext db, string poolPairId, long[] ids, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM portal.pool_pairs WHERE id = {poolPairId} FOR SHARE", cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT FROM portal.rooms WHERE id = ANY ({ids}) ORDER BY id FOR NO KEY UPDATE", cancellationToken);
    }
}
