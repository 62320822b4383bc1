namespace MigrationPortal.Api;

/// <summary>What every list answers.</summary>
public sealed record Page<T>(long Total, IReadOnlyList<T> Items);

/// <summary>Which part of a list is asked for. What is out of bounds is clamped, never refused.</summary>
public readonly record struct Paging(int Skip, int Take)
{
    public const int DefaultTake = 50;
    public const int MaxTake = 1000;

    /// <summary>No list is as long; the ends of the next two pages do not overflow.</summary>
    public const int MaxSkip = int.MaxValue - (2 * MaxTake);

    public static Paging Of(int? skip, int? take) => new(Math.Clamp(skip ?? 0, 0, MaxSkip), Math.Clamp(take ?? DefaultTake, 1, MaxTake));

    /// <summary>The same page, or the last one of a list that ends before it.</summary>
    public Paging Within(long total) => Skip < total ? this : this with { Skip = (int)(Math.Max(total - 1, 0) / Take * Take) };

    /// <summary>What people are shown of a list, so that an old address leads to rows: that page, or the last one where the list ends before it.</summary>
    /// <returns>What was read, and how many rows stand before it.</returns>
    public async Task<(T Read, int Skip)> ReadAsync<T>(Func<Paging, Task<T>> read, Func<T, long> totalOf)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(totalOf);
        var found = await read(this);
        var total = totalOf(found);
        var within = Within(total);
        return (total == 0 || within == this ? found : await read(within), within.Skip);
    }
}
