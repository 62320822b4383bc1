namespace MigrationPortal.Lists.Views;

/// <summary>What somebody saved of a list's address under a name: filters, order, page size.</summary>
internal sealed class SavedView
{
    public const int MostCharacters = 100;
    public const int MostOfQuery = 2000;

    /// <summary>Of one person in one list of one pool pair.</summary>
    public const int Most = 100;

    public long Id { get; init; }
    public required string PoolPairId { get; init; }
    /// <summary>Which list, as its page names it: <c>rooms</c>.</summary>
    public required string List { get; init; }
    public required string Owner { get; init; }
    /// <summary>What the owner is called, as of the last change.</summary>
    public required string OwnerName { get; set; }
    public required string Name { get; set; }
    /// <summary>The list's own part of its address: <c>comparison=Different&amp;sort=-messages</c>.</summary>
    public required string Query { get; set; }
    /// <summary>Everybody of the pool pair sees it; only the owner changes it.</summary>
    public required bool IsShared { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
}
