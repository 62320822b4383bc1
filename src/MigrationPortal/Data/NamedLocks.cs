using Microsoft.EntityFrameworkCore;

namespace MigrationPortal.Data;

/// <summary>Locks by name, for what has no row to lock. They end with the transaction.</summary>
internal static class NamedLocks
{
    /// <summary>Waits for everybody who has it, shared or not.</summary>
    public static Task TakeAsync(PortalDbContext db, string name, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    /// <summary>Waits for whoever has it alone.</summary>
    public static Task ShareAsync(PortalDbContext db, string name, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({name}, 0))", cancellationToken);
}
