using Microsoft.EntityFrameworkCore;
using MigrationPortal.Administration;
using MigrationPortal.Batches.Api;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches;

/// <summary>"All that match this filter except these", as rooms.</summary>
internal sealed class RoomMatches(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<long[]>> FindAsync(
        string poolPairId, RoomFilterBody filter, IReadOnlyCollection<long> except, CancellationToken cancellationToken)
    {
        var comparisons = new List<Comparison>();
        foreach (var word in Words(filter.Comparison))
        {
            if (!Enum.TryParse<Comparison>(word, ignoreCase: true, out var one) || !Enum.IsDefined(one))
                return new Refusal("unknown-comparison", $"“{word}” is no comparison; take {string.Join(", ", Enum.GetNames<Comparison>())}.");
            comparisons.Add(one);
        }

        var batches = new List<long>();
        foreach (var word in Words(filter.BatchId))
        {
            if (!long.TryParse(word, out var batch))
                return new Refusal("unknown-batch", $"“{word}” is no batch id.");
            batches.Add(batch);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found =
            from pair in db.Set<PoolPair>()
            join room in db.Set<RoomPair>() on pair.CurrentScanId equals room.ScanId
            where pair.Id == poolPairId
            select room;
        if (comparisons.Count > 0)
            found = found.Where(x => comparisons.Contains(x.Comparison));
        if (Words(filter.Category) is { Length: > 0 } categories)
            found = found.Where(x => categories.Any(path => x.Category == path || EF.Functions.Like(x.Category, path + " / %")));
        if (batches.Count > 0)
            found = found.Where(x => db.Set<BatchRoom>().Any(held => held.RoomId == x.RoomId && held.IsOpen && batches.Contains(held.BatchId)));
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            // What was typed is looked for as typed: % and _ are no wildcards.
            var pattern = $"%{search.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
            found = found.Where(x =>
                EF.Functions.ILike(x.LegacyName!, pattern) || EF.Functions.ILike(x.NewName!, pattern) || EF.Functions.ILike(x.Category, pattern));
        }

        var ids = await found.Select(x => x.RoomId).ToListAsync(cancellationToken);
        return ids.Except(except).ToArray();
    }

    private static string[] Words(string? commas) => (commas ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
