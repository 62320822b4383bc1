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

        var ids = await rooms.ListIdsAsync(
            new RoomFilter
            {
                PoolPairId = poolPairId,
                Comparisons = comparisons,
                Search = filter.Search,
                Categories = Words(filter.Category),
                BatchIds = batches,
            },
            cancellationToken);
        return ids.Except(except).ToArray();
    }

    private static string[] Words(string? commas) => (commas ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
