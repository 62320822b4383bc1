using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Lists.Views;

internal sealed class ViewQueries(IDbContextFactory<PortalDbContext> databases)
{
    // Of other people; more than that no menu can show.
    private const int MostShared = 200;

    /// <summary>One's own, then those that others share, each by name.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync(string poolPairId, string list, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<SavedView>().AsNoTracking()
            .Where(x => x.PoolPairId == poolPairId && x.List == list && (x.Owner == caller.Name || x.IsShared))
            .OrderByDescending(x => x.Owner == caller.Name).ThenBy(x => x.Name).ThenBy(x => x.Id)
            .Take(SavedView.Most + MostShared).ToListAsync(cancellationToken);
    }
}
