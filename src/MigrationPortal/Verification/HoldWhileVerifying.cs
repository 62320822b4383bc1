using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Verification;

/// <summary>Rooms that are being compared are not written: what is compared must stand still.</summary>
internal sealed class HoldWhileVerifying : IBatchHold
{
    public async Task<Refusal?> FindAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        var running = await db.Set<VerificationRequest>().AsNoTracking()
            .FirstOrDefaultAsync(x => x.BatchId == batch.Id && x.State == VerificationState.Running, cancellationToken);
        return running is null
            ? null
            : new("verification-running.hold", RefusalKind.Conflict, batch.Name, running.VerifiedRoomCount, running.RoomCount, running.RequestedBy);
    }
}
