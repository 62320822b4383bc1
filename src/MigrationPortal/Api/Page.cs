namespace MigrationPortal.Api;

/// <summary>What every list answers.</summary>
public sealed record Page<T>(long Total, IReadOnlyList<T> Items);

/// <summary>Which part of a list is asked for. What is out of bounds is clamped, never refused.</summary>
public readonly record struct Paging(int Skip, int Take)
{
    public const int DefaultTake = 50;
    public const int MaxTake = 1000;

    public static Paging Of(int? skip, int? take) => new(Math.Max(skip ?? 0, 0), Math.Clamp(take ?? DefaultTake, 1, MaxTake));
}
