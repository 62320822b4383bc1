using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Rooms;

/// <summary>Bounds of roles against the categories of the newest scans.</summary>
internal sealed class CategoryCheck(IDbContextFactory<PortalDbContext> contexts) : ICategoryCheck
{
    private const int MostNamed = 3;

    public async Task<Refusal?> RefuseAsync(string? poolPairId, string path, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var categories = await (
            from scan in PoolPairQueries.CurrentScans(db)
            join pair in db.Set<RoomPair>() on scan.ScanId equals pair.ScanId
            where poolPairId == null || scan.PoolPairId == poolPairId
            select pair.Category).Distinct().ToListAsync(cancellationToken);
        if (categories.Count == 0 || categories.Exists(category => CategoryPaths.IsAtOrBelow(category, path)))
            return null;
        var meant = Meant(categories, path);
        return new Refusal(meant.Count == 0 ? CategoryCodes.Unknown : CategoryCodes.Ambiguous, RefusalKind.Invalid, path, meant);
    }

    // What reads the same: names with a slash, or siblings of one name.
    private static List<string> Meant(List<string> categories, string path)
    {
        var read = CategoryPaths.Display(path);
        return [.. categories
            .SelectMany(Above)
            .Where(category => CategoryPaths.Display(category) is var name && (name == read || name.StartsWith(read + " #", StringComparison.Ordinal) || name.StartsWith(read + " +", StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostNamed)];
    }

    private static IEnumerable<string> Above(string category)
    {
        yield return category;
        for (var at = category.LastIndexOf(" / ", StringComparison.Ordinal); at > 0; at = category.LastIndexOf(" / ", at - 1, StringComparison.Ordinal))
            yield return category[..at];
    }
}
