using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>What other features read of emergency starts within their own transaction or join.</summary>
internal static class BreakGlassReads
{
    public static IQueryable<BreakGlassRequest> All(PortalDbContext db) => db.Set<BreakGlassRequest>().AsNoTracking();

    /// <summary>What the judge may count: confirmed, and not found unjustified by an auditor.</summary>
    public static IQueryable<BreakGlassRequest> Confirmed(PortalDbContext db) => All(db).Where(x => x.State == BreakGlassState.Confirmed && x.Verdict != BreakGlassVerdict.NotJustified);

    /// <returns>The newest of those of a batch, whether it counts at this moment or not; 0 where there is none.</returns>
    public static async Task<long> FindLastAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        await Confirmed(db).Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken) ?? 0;

    /// <summary>Confirmed, and no auditor has answered yet.</summary>
    public static IQueryable<BreakGlassRequest> Unreviewed(PortalDbContext db) =>
        All(db).Where(x => (x.State == BreakGlassState.Confirmed || x.State == BreakGlassState.Started) && x.Verdict == null);

    /// <summary>Runs that began by one.</summary>
    public static IQueryable<long> Runs(PortalDbContext db) => All(db).Where(x => x.State == BreakGlassState.Started && x.RunId != null).Select(x => x.RunId!.Value);
}
