using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>What other features read of emergency starts within their own transaction or join.</summary>
internal static class BreakGlassReads
{
    public static IQueryable<BreakGlassRequest> All(PortalDbContext db) => db.Set<BreakGlassRequest>().AsNoTracking();

    /// <summary>Confirmed, and no auditor has answered yet.</summary>
    public static IQueryable<BreakGlassRequest> Unreviewed(PortalDbContext db) =>
        All(db).Where(x => (x.State == BreakGlassState.Confirmed || x.State == BreakGlassState.Started) && x.Verdict == null);

    /// <summary>Runs that began by one.</summary>
    public static IQueryable<long> Runs(PortalDbContext db) => All(db).Where(x => x.State == BreakGlassState.Started && x.RunId != null).Select(x => x.RunId!.Value);
}
