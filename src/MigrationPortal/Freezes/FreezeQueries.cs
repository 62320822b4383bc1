using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Freezes;

/// <param name="IsReadable">False where the row for all pairs is missing: then everything counts as frozen.</param>
/// <param name="All">Of all pool pairs; null when it is not frozen or not readable.</param>
/// <param name="Pairs">Those that are frozen by themselves.</param>
internal sealed record FreezeState(bool IsReadable, Freeze? All, IReadOnlyList<Freeze> Pairs)
{
    public bool IsFrozen => !IsReadable || All is not null;
}

internal sealed class FreezeQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<FreezeState> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<Freeze>().AsNoTracking().OrderBy(x => x.Scope).ToListAsync(cancellationToken);
        var all = rows.Find(x => x.Scope == Freeze.All);
        return new(all is not null, all is { IsFrozen: true } ? all : null, rows.FindAll(x => x.IsFrozen && x.Scope != Freeze.All));
    }
}
