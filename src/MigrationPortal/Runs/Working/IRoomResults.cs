using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Runs.Working;

internal sealed record ProvenRoom(Run Run, string PoolPairId, MigrationPlan Plan, PlannedRoom Room, IdAllocation Ids, long RoomId, RoomResult Proof);

/// <summary>Keeps what verifying a copied room found; a later feature stores and shows it.</summary>
internal interface IRoomResults
{
    Task HandleAsync(ProvenRoom proven, CancellationToken cancellationToken);
}
