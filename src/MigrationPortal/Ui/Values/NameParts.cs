using System.Globalization;

namespace MigrationPortal.Ui.Values;

/// <summary>Where a long name is cut when it has no room: in its middle, since names that begin alike differ at their end.</summary>
/// <param name="Tail">What always stays, from a blank on where there is one.</param>
internal readonly record struct NameParts(string Head, string Tail)
{
    /// <summary>Shorter ones have room in every column.</summary>
    private const int Longest = 24;

    // Both of text elements: what a reader sees as one character.
    private const int ShortestTail = 5;
    private const int LongestTail = 14;

    /// <summary>Whether a blank divides the parts; else a screen reader would pause within a word.</summary>
    public bool IsAtBlank => Head.Length > 0 && char.IsWhiteSpace(Head[^1]);

    /// <returns>Null where the name is short enough, or is an address, which has no middle to lose.</returns>
    public static NameParts? Of(string name)
    {
        // No text element is shorter than a char.
        if (name.Length <= Longest || IsAddress(name))
            return null;
        var starts = StringInfo.ParseCombiningCharacters(name);
        if (starts.Length <= Longest)
            return null;
        var (first, last) = (starts.Length - LongestTail, starts.Length - ShortestTail);
        for (var at = first; at <= last; at++)
        {
            if (char.IsWhiteSpace(name[starts[at] - 1]) && !char.IsWhiteSpace(name[starts[at]]))
                return Cut(name, starts[at]);
        }

        return Cut(name, starts[starts.Length - ((ShortestTail + LongestTail) / 2)]);
    }

    // Those of one organization end alike: only the end can be spared.
    private static bool IsAddress(string name) => name.Contains('@', StringComparison.Ordinal) && !name.Any(char.IsWhiteSpace);

    private static NameParts Cut(string name, int at) => new(name[..at], name[at..]);
}
