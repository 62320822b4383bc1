using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Rooms.Deciding;

internal static class RoomReason
{
    public const int MaxLength = 2000;

    public static Refusal? Check(string? reason) => reason?.Trim() switch
    {
        null or "" => new Refusal("reason-required"),
        { Length: > MaxLength } => new Refusal("reason-too-long", RefusalKind.Invalid, MaxLength),
        _ => UnusableText.IsIn(reason) ? UnusableText.Refuse(new("Text.Reason")) : null,
    };
}

/// <summary>Rooms of one pool pair that a decision is about.</summary>
internal sealed record ChosenRooms(string PoolPairId, long[] RoomIds)
{
    /// <summary>More rooms than this are recorded as a count, not each by its name.</summary>
    private const int RecordedEach = 200;

    public static async Task<Outcome<ChosenRooms>> LoadAsync(PortalDbContext db, IReadOnlyCollection<long> roomIds, CancellationToken cancellationToken)
    {
        var ids = roomIds.Distinct().ToArray();
        if (ids.Length == 0)
            return new Refusal("no-rooms");
        var known = await db.Set<Room>().Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.PoolPairId }).ToListAsync(cancellationToken);
        if (known.Count < ids.Length)
            return new Refusal("not-found.room", RefusalKind.NotFound, $"{ids.Except(known.Select(x => x.Id)).First()}");
        return known.Select(x => x.PoolPairId).Distinct().Count() > 1
            ? new Refusal("several-pool-pairs")
            : new ChosenRooms(known[0].PoolPairId, ids);
    }

    public IReadOnlyList<AuditRecord> RecordsOf(Caller caller, RoomDeed deed)
    {
        var details = new Dictionary<string, string?>();
        if (deed.Reason is { } reason)
            details["reason"] = reason.Trim();
        if (deed.ProposedBy is { } proposedBy)
            details["proposedBy"] = proposedBy;
        if (RoomIds.Length > RecordedEach)
        {
            details["rooms"] = RoomIds.Length.ToString(CultureInfo.InvariantCulture);
            return [new AuditRecord(caller, deed.Kind, $"pool-pair:{PoolPairId}", PoolPairId, details)];
        }

        return [.. RoomIds.Select(id => new AuditRecord(caller, deed.Kind, $"room:{id}", PoolPairId, details))];
    }
}
