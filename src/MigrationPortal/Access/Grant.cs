using MigrationPortal.Engine;

namespace MigrationPortal.Access;

/// <summary>A role, over everything or over a part of it, and what gives it.</summary>
/// <param name="PoolPairId">Null: every pool pair.</param>
/// <param name="Category">A category as <see cref="CategoryPaths"/> writes it, with all below; null: every category.</param>
/// <param name="Origin">For people: <c>group Portal-Planners</c>.</param>
public sealed record Grant(Role Role, string? PoolPairId = null, string? Category = null, string Origin = "")
{
    public bool IsEverywhere => PoolPairId is null && Category is null;

    /// <param name="category">Null asks for the whole pool pair.</param>
    public bool Covers(string poolPairId, string? category) =>
        (PoolPairId is null || PoolPairId == poolPairId) && (Category is null || (category is not null && CategoryPaths.IsAtOrBelow(category, Category)));

    /// <summary>What is left of this grant inside another's bounds; null when they do not meet.</summary>
    public Grant? Within(string? poolPairId, string? category)
    {
        if (PoolPairId is not null && poolPairId is not null && PoolPairId != poolPairId)
            return null;
        var pair = PoolPairId ?? poolPairId;
        if (Category is null || category is null)
            return this with { PoolPairId = pair, Category = Category ?? category };
        if (CategoryPaths.IsAtOrBelow(Category, category))
            return this with { PoolPairId = pair };
        return CategoryPaths.IsAtOrBelow(category, Category) ? this with { PoolPairId = pair, Category = category } : null;
    }

    public Wording ToWording() => IsEverywhere
        ? new($"Role.{Role}", [])
        : new(Category is null ? "Grant.Pair" : "Grant.Category", Role, PoolPairId is null ? new Wording("Grant.AnyPair") : PoolPairId, Category);

    public override string ToString() => IsEverywhere ? $"{Role}" : $"{Role} of {PoolPairId ?? "every pool pair"}{(Category is null ? "" : $", {Category}")}";
}
