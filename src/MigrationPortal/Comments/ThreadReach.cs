using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Comments;

/// <summary>Who may read and write where: everybody who reads the batch, but about a message only who may read it.</summary>
internal static class ThreadReach
{
    private static readonly Role[] _readers = [Role.Approver, Role.Auditor];

    public static async Task<Refusal?> RefuseAsync(PortalDbContext db, Caller caller, string poolPairId, Anchor anchor, CancellationToken cancellationToken) =>
        anchor.Kind != AnchorKind.Message
            ? null
            : Rights.RequireAny(caller, "read-messages", _readers) ?? await RoomScope.RefuseAsync(db, caller, "read-messages", _readers, poolPairId, [anchor.RoomId ?? 0], cancellationToken);

    /// <summary>The threads of a batch that this person may read.</summary>
    public static async Task<IQueryable<CommentThread>> ListAsync(PortalDbContext db, Caller caller, string poolPairId, long batchId, CancellationToken cancellationToken)
    {
        var threads = db.Set<CommentThread>().AsNoTracking().Where(x => x.BatchId == batchId);
        if (Rights.Reaches(caller, poolPairId, _readers))
            return threads;
        var others = threads.Where(x => x.AnchorKind != AnchorKind.Message);
        if (Rights.RequireAny(caller, "read-messages", _readers) is not null)
            return others;
        var reached = new List<long>();
        foreach (var room in await threads.Where(x => x.AnchorKind == AnchorKind.Message).Select(x => x.RoomId!.Value).Distinct().ToListAsync(cancellationToken))
        {
            if (await RoomScope.RefuseAsync(db, caller, "read-messages", _readers, poolPairId, [room], cancellationToken) is null)
                reached.Add(room);
        }

        return threads.Where(x => x.AnchorKind != AnchorKind.Message || reached.Contains(x.RoomId!.Value));
    }
}
