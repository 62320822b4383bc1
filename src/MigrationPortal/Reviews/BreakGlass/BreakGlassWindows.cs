using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>Whether the judge counts an emergency start of a batch at this moment: then windows do not hold it, either.</summary>
internal sealed class BreakGlassWindows(ReviewRounds rounds, TimeProvider clock)
{
    public async Task<bool> AreIgnoredAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        await BreakGlassReads.All(db).AnyAsync(x => x.BatchId == batch.Id && x.State == BreakGlassState.Confirmed, cancellationToken)
        && (await rounds.ListLiveAsync(db, batch, cancellationToken)).Any(x => x.Judge(clock.GetUtcNow()).Emergency is not null);
}
