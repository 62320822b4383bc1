using MigrationPortal.Engine;
using MigrationPortal.Inbox.Marks;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Inbox;

/// <summary>Everything that needs a person, most urgent first, whatever feature knows of it.</summary>
internal sealed class InboxQueries(IEnumerable<IInboxLines> sources, InboxMarks marks)
{
    private readonly IInboxLines[] _sources = [.. sources];

    /// <summary>In each class, what has a due time first, by it, then by age. What others settle comes after the caller's own, and what the caller snoozed comes last.</summary>
    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        // Each on a connection of its own: together they take as long as the slowest of them.
        var lists = await Task.WhenAll(_sources.Select(x => x.ListAsync(poolPairId, caller, cancellationToken)));
        return [.. (await marks.PutOnAsync([.. lists.SelectMany(x => x)], caller, cancellationToken)).OrderBy(x => x.Snooze is not null).ThenBy(x => x.DisabledReason is not null).ThenBy(x => x.Class)
            .ThenBy(x => x.Due is null).ThenBy(x => x.Due).ThenBy(x => x.Since).ThenBy(x => x.Key, StringComparer.Ordinal)];
    }

    public async Task<int> CountAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken) =>
        (await ListAsync(poolPairId, caller, cancellationToken)).Count(x => x.IsCounted);

    /// <summary>One line of the caller's inbox, snoozed or not.</summary>
    public async Task<Outcome<InboxLine>> FindLineAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        (await ListAsync(null, caller, cancellationToken)).FirstOrDefault(x => x.Key == key) is { } line
            ? line
            : NotFound(key);

    public static Refusal NotFound(string key) => new("inbox-item-not-found", RefusalKind.NotFound, key);

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
