using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace MigrationPortal.PoolPairs;

/// <summary>The pool pair that the address names by <c>?pair=</c>, else the first one configured. Asked by every page.</summary>
internal sealed class CurrentPair(NavigationManager navigation, PoolPairQueries pairs)
{
    /// <summary>What the address names; null when it names none.</summary>
    public string? RequestedId =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue("pair", out var pair) && pair.Count > 0 ? pair[0] : null;

    public async Task<PoolPair?> FindAsync(CancellationToken cancellationToken)
    {
        if (RequestedId is { } id)
            return await pairs.FindAsync(id, cancellationToken);

        var all = await pairs.ListAsync(cancellationToken);
        return all.Count > 0 ? all[0] : null;
    }
}
