using MigrationPortal.Api;
using MigrationPortal.Batches.Api;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Viewing;

/// <summary>"All that match this filter except these", as rooms.</summary>
internal sealed class RoomMatches(RoomQueries rooms)
{
    public async Task<Outcome<long[]>> FindAsync(
        string poolPairId, RoomFilterBody filter, IReadOnlyCollection<long> except, CancellationToken cancellationToken)
    {
        var comparisons = Words.Read<Comparison>("comparison", filter.Comparison);
        if (!comparisons.IsDone)
            return comparisons.Refusal;
        var batches = new List<long>();
        foreach (var word in Words.Split(filter.BatchId))
        {
            if (!long.TryParse(word, out var batch))
                return new Refusal("unknown-batch", RefusalKind.Invalid, word);
            batches.Add(batch);
        }

        var ids = await rooms.ListIdsAsync(
            new RoomFilter
            {
                PoolPairId = poolPairId,
                Comparisons = comparisons.Value,
                Search = filter.Search,
                Categories = Access.CategoryPaths.List(filter.Category),
                BatchIds = batches,
            },
            cancellationToken);
        return ids.Except(except).ToArray();
    }
}
