using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Withdraws the decision to exclude rooms. Those that are not excluded stay as they are.</summary>
internal sealed record IncludeRooms(IReadOnlyCollection<long> RoomIds)
{
    /// <summary>Includes those that can be and counts the others.</summary>
    public bool OnlyFitting { get; init; }
}

/// <param name="RoomIds">Rooms that were excluded for this reason.</param>
internal sealed record ExcludedFor(string Reason, long[] RoomIds);

/// <param name="Before">Why they were excluded.</param>
internal sealed record RoomsIncluded(int Count, IReadOnlyList<ExcludedFor> Before, IReadOnlyList<LeftRooms> Left);

internal sealed class IncludeRoomsHandler(RoomDecisions decisions)
{
    public async Task<Outcome<RoomsIncluded>> HandleAsync(IncludeRooms request, Caller caller, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExcludedFor> before = [];
        var decision = new RoomDecision("include-room", JudgeChoice.RolesOf(RoomStep.Include), "RoomTakenBack", IncludeAsync)
        {
            RoomIds = request.RoomIds,
            OnlyFitting = request.OnlyFitting ? RoomStep.Include : null,
        };
        var taken = await decisions.TakeAsync(decision, caller, cancellationToken);
        return taken.IsDone ? new RoomsIncluded(taken.Value.Count, before, taken.Value.Left) : taken.Refusal;

        async Task<Outcome<RoomsChanged>> IncludeAsync(PortalDbContext db, long[] ids, CancellationToken token)
        {
            var excluded = db.Set<Room>().Where(x => ids.Contains(x.Id) && x.LeftOutAt != null);
            before = [.. (await excluded.Select(x => new { x.Id, x.LeftOutReason }).ToListAsync(token)).GroupBy(x => x.LeftOutReason!, x => x.Id).Select(x => new ExcludedFor(x.Key, [.. x]))];
            var done = await excluded.ExecuteUpdateAsync(
                set => set
                    .SetProperty(x => x.LeftOutBy, (string?)null)
                    .SetProperty(x => x.LeftOutAt, (DateTimeOffset?)null)
                    .SetProperty(x => x.LeftOutReason, (string?)null), token);
            return new RoomsChanged(done, ids);
        }
    }
}
