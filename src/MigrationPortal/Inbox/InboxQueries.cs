using MigrationPortal.PoolPairs;

namespace MigrationPortal.Inbox;

/// <summary>Everything that needs a person, most urgent first, whatever feature knows of it.</summary>
internal sealed class InboxQueries(IEnumerable<IInboxLines> sources)
{
    private readonly IInboxLines[] _sources = [.. sources];

    /// <summary>What others settle comes last.</summary>
    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var lines = new List<InboxLine>();
        foreach (var source in _sources)
            lines.AddRange(await source.ListAsync(poolPairId, caller, cancellationToken));
        return [.. lines.OrderBy(x => x.WhyNot is not null).ThenBy(x => x.Class).ThenBy(x => x.Since).ThenBy(x => x.Key, StringComparer.Ordinal)];
    }

    public async Task<int> CountAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken) =>
        (await ListAsync(poolPairId, caller, cancellationToken)).Count(x => x.IsCounted);

    /// <summary>Null when it is settled.</summary>
    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var source in _sources)
        {
            if (await source.FindAsync(key, caller, cancellationToken) is { } detail)
                return detail;
        }

        return null;
    }
}
