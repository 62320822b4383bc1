using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Rooms.Choosing;

/// <summary>A room of the current scan, and what speaks against a step with it.</summary>
internal sealed class RoomAndFit
{
    public required RoomPair Pair { get; init; }
    public required RoomFit Fit { get; init; }
}

/// <summary>The same, as it is told to people.</summary>
internal sealed class NamedFit
{
    public required long RoomId { get; init; }
    public required string Name { get; init; }
    public required string Category { get; init; }
    public required RoomFit Fit { get; init; }
    public string? ExcludedBy { get; init; }
    public string? ExcludedReason { get; init; }
    /// <summary>The open batch that has the room.</summary>
    public long? BatchId { get; init; }
    public string? BatchName { get; init; }
}

/// <summary>The rooms with which one step can, or cannot, be done, as the lists filter them: <c>Add.InBatch</c> in an address.</summary>
public sealed record RoomFitFilter(RoomStep Step, RoomFit Fit)
{
    public override string ToString() => $"{Step}.{Fit}";

    /// <summary>Null where the text names no such filter.</summary>
    public static RoomFitFilter? Find(string? text) =>
        text?.Split('.') is [var step, var fit] && Api.Words.Find<RoomStep>(step) is { } known && Api.Words.Find<RoomFit>(fit) is { } found ? new(known, found) : null;
}

/// <summary>Judges rooms in SQL. Each room has one reason: the first that holds, in the order in which people would look.</summary>
internal static class RoomFits
{
    public static IQueryable<RoomPair> Of(PortalDbContext db, IQueryable<RoomPair> rooms, RoomFitFilter filter) =>
        Judge(db, rooms, filter.Step).Where(x => x.Fit == filter.Fit).Select(x => x.Pair);

    public static IQueryable<NamedFit> Name(PortalDbContext db, IQueryable<RoomPair> rooms, RoomStep step) =>
        from judged in Judge(db, rooms, step)
        join room in db.Set<Room>() on judged.Pair.RoomId equals room.Id
        join hold in db.Set<RoomHold>() on room.Id equals hold.RoomId into holds
        from hold in holds.DefaultIfEmpty()
        select new NamedFit
        {
            RoomId = room.Id,
            Name = judged.Pair.LegacyName ?? judged.Pair.NewName ?? room.Guid.ToString(),
            Category = judged.Pair.Category,
            Fit = judged.Fit,
            ExcludedBy = room.LeftOutBy,
            ExcludedReason = room.LeftOutReason,
            BatchId = hold.BatchId,
            BatchName = hold.BatchName,
        };

    public static IQueryable<RoomAndFit> Judge(PortalDbContext db, IQueryable<RoomPair> rooms, RoomStep step)
    {
        var excluded = db.Set<Room>().Where(x => x.LeftOutAt != null);
        var held = db.Set<RoomHold>();
        var proposed = AcceptanceProposals.Live(db);
        return step switch
        {
            RoomStep.Add => rooms.Select(x => new RoomAndFit
            {
                Pair = x,
                Fit = x.IsVanished ? RoomFit.Vanished
                    : x.LegacyNodeId == null ? RoomFit.OnlyNew
                    : x.Comparison == Comparison.Same ? RoomFit.Same
                    : x.Comparison == Comparison.Accepted ? RoomFit.Accepted
                    : excluded.Any(room => room.Id == x.RoomId) ? RoomFit.Excluded
                    : held.Any(hold => hold.RoomId == x.RoomId) ? RoomFit.InBatch
                    : RoomFit.Fitting,
            }),
            RoomStep.Exclude => rooms.Select(x => new RoomAndFit
            {
                Pair = x,
                Fit = x.LegacyNodeId == null ? RoomFit.OnlyNew
                    : held.Any(hold => hold.RoomId == x.RoomId) ? RoomFit.InBatch
                    : excluded.Any(room => room.Id == x.RoomId) ? RoomFit.Excluded
                    : RoomFit.Fitting,
            }),
            RoomStep.Include => rooms.Select(x => new RoomAndFit { Pair = x, Fit = excluded.Any(room => room.Id == x.RoomId) ? RoomFit.Fitting : RoomFit.NotExcluded }),
            _ => rooms.Select(x => new RoomAndFit
            {
                Pair = x,
                Fit = x.Comparison == Comparison.OnlyLegacy ? RoomFit.OnlyLegacy
                    : x.Comparison == Comparison.OnlyNew ? RoomFit.OnlyNew
                    : x.Comparison == Comparison.Same ? RoomFit.Same
                    : x.Comparison == Comparison.Accepted ? RoomFit.Accepted
                    : proposed.Any(one => one.RoomId == x.RoomId) ? RoomFit.Proposed
                    : RoomFit.Fitting,
            }),
        };
    }
}
