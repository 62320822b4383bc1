namespace MigrationPortal.Windows;

/// <param name="To">Null where it does not end within <see cref="PairWindows.Horizon"/>.</param>
public readonly record struct NextSpan(DateTimeOffset From, DateTimeOffset? To);

/// <summary>The windows that hold for one pool pair: those of all pairs and its own.</summary>
public sealed record PairWindows(IReadOnlyList<Window> Windows, WindowEnd AtEnd)
{
    /// <summary>Nobody plans further ahead, and a search has an end.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    // Most windows recur within a week; the year is searched for the rare ones alone.
    private static readonly TimeSpan[] _searched = [TimeSpan.FromDays(8), TimeSpan.FromDays(64), Horizon];

    /// <summary>When they were set last; null where they never were.</summary>
    public DateTimeOffset? SetAt { get; init; }

    public static PairWindows None { get; } = new([], WindowEnd.FinishRooms);

    public bool IsOpen(DateTimeOffset at) => OpenTimes.Between(Windows, at, at.AddSeconds(1)) is [var now, ..] && now.From == at;

    /// <summary>The present one where it is open; null where none opens within <see cref="Horizon"/>.</summary>
    public NextSpan? FindNext(DateTimeOffset at)
    {
        if (Windows.Count == 0)
            return new(at, null);
        NextSpan? found = null;
        foreach (var ahead in _searched)
        {
            if (OpenTimes.Between(Windows, at, at + ahead) is not [var first, ..])
                continue;
            if (first.To < at + ahead)
                return new(first.From, first.To);
            found = new(first.From, null);
        }

        return found;
    }

    /// <summary>When the last one before ended, at most two days back; null where it was none.</summary>
    public DateTimeOffset? FindLastEnd(DateTimeOffset at) => OpenTimes.Between(Windows, at.AddDays(-2), at) is [.., var last] ? last.To : null;
}
