using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Rooms.Deciding;

/// <summary>Withdraws that the differences of rooms were accepted.</summary>
internal sealed record WithdrawAcceptance(IReadOnlyCollection<long> RoomIds);

internal sealed class WithdrawAcceptanceHandler(RoomDecisions decisions)
{
    public Task<Outcome<RoomsDecided>> HandleAsync(WithdrawAcceptance request, Caller caller, CancellationToken cancellationToken) => decisions.TakeAsync(
        new("withdraw-acceptance", JudgeChoice.RolesOf(RoomStep.Accept), "AcceptanceTakenBack", ForgetAsync) { RoomIds = request.RoomIds }, caller, cancellationToken);

    private static async Task<Outcome<RoomsChanged>> ForgetAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var done = await db.Set<Room>().Where(x => ids.Contains(x.Id) && x.AcceptedAt != null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.AcceptedBy, (string?)null)
                .SetProperty(x => x.AcceptedAt, (DateTimeOffset?)null)
                .SetProperty(x => x.AcceptedReason, (string?)null)
                .SetProperty(x => x.AcceptedConfirmedBy, (string?)null)
                .SetProperty(x => x.AcceptedDifferences, new List<string>())
                .SetProperty(x => x.AcceptedMessages, (string?)null), cancellationToken);
        await RoomSelection.Current(db).Where(x => ids.Contains(x.RoomId) && x.Comparison == Comparison.Accepted)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Comparison, Comparison.Different), cancellationToken);
        return new RoomsChanged(done, ids);
    }
}
