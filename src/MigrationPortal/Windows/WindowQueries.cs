using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Windows;

/// <summary>Windows as they are set: a row for each scope, so that all of them are read at once.</summary>
internal sealed class WindowQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <param name="scope"><see cref="WindowSet.All"/>, or a pool pair's id.</param>
    /// <returns>Null where none were ever set.</returns>
    public async Task<WindowSet?> FindSetAsync(string scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<WindowSet>().AsNoTracking().FirstOrDefaultAsync(x => x.Scope == scope, cancellationToken);
    }

    public async Task<PairWindows> FindAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, poolPairId, cancellationToken);
    }

    /// <summary>Within the caller's transaction.</summary>
    public static async Task<PairWindows> FindAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken) =>
        Of(await db.Set<WindowSet>().AsNoTracking().Where(x => x.Scope == WindowSet.All || x.Scope == poolPairId).ToListAsync(cancellationToken), poolPairId);

    /// <summary>Of every pool pair, by one statement.</summary>
    public async Task<Func<string, PairWindows>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sets = await db.Set<WindowSet>().AsNoTracking().ToListAsync(cancellationToken);
        return pair => Of(sets, pair);
    }

    private static PairWindows Of(List<WindowSet> sets, string poolPairId)
    {
        var (all, own) = (sets.FirstOrDefault(x => x.Scope == WindowSet.All), sets.FirstOrDefault(x => x.Scope == poolPairId));
        return new([.. all?.Items ?? [], .. own?.Items ?? []], (own ?? all)?.AtEnd ?? WindowEnd.FinishRooms) { SetAt = new[] { all?.At, own?.At }.Max() };
    }
}
