using MigrationPortal.Api;
using MigrationPortal.Audit;

namespace MigrationPortal.PoolPairs.Viewing;

/// <param name="Reason">Null where none was given.</param>
internal sealed record OptionChange(string By, DateTimeOffset At, string? Reason);

/// <summary>Batches that no run has touched and that have no options of their own: what a change of the pair's options reaches.</summary>
internal sealed record OpenBatches(int Drafts, int InReview, int Approved);

/// <summary>Counts them; Batches does.</summary>
internal interface IOpenBatches
{
    Task<OpenBatches> CountAsync(string poolPairId, CancellationToken cancellationToken);
}

internal sealed class OpenBatchCounts(IEnumerable<IOpenBatches> features)
{
    public async Task<OpenBatches> CountAsync(string poolPairId, CancellationToken cancellationToken)
    {
        var sum = new OpenBatches(0, 0, 0);
        foreach (var feature in features)
        {
            var counts = await feature.CountAsync(poolPairId, cancellationToken);
            sum = new(sum.Drafts + counts.Drafts, sum.InReview + counts.InReview, sum.Approved + counts.Approved);
        }

        return sum;
    }
}

/// <summary>Who gave an option its value, when and why, from the audit.</summary>
internal sealed class OptionChangeQueries(PairAudit audit)
{
    // More changes of one pair's options than this, and the oldest ones have no name beside them.
    private const int MostChanges = 500;

    /// <returns>By the name of the option.</returns>
    public async Task<IReadOnlyDictionary<string, OptionChange>> LatestAsync(string poolPairId, CancellationToken cancellationToken)
    {
        var entries = await audit.ListAsync(poolPairId, [SetPairOptionsHandler.Action], Paging.Of(0, MostChanges), cancellationToken);
        var latest = new Dictionary<string, OptionChange>(StringComparer.Ordinal);
        foreach (var entry in entries.Items)
        {
            foreach (var option in entry.Details.Keys.Where(x => x != "reason"))
                latest.TryAdd(option, new(entry.By, entry.At, entry.Details.GetValueOrDefault("reason")));
        }

        return latest;
    }
}
