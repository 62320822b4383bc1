namespace MigrationPortal.PoolPairs.Viewing;

/// <summary>A tab of a pool pair's administration; later features bring theirs.</summary>
/// <param name="Key">In the page's address; its title is the page's text <c>Tab.Key</c>.</param>
/// <param name="Content">A component; the <see cref="PoolPair"/> reaches it as a cascading value.</param>
internal sealed record PairTab(string Key, int Order, Type Content);

internal sealed class PairTabs(IEnumerable<PairTab> tabs)
{
    public IReadOnlyList<PairTab> All { get; } = [.. tabs.OrderBy(x => x.Order)];
}
