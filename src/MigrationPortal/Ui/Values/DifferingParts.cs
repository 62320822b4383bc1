using System.Text.RegularExpressions;

namespace MigrationPortal.Ui.Values;

/// <param name="Differs">Shown as a difference.</param>
internal readonly record struct DifferingPart(string Text, bool Differs);

/// <summary>Which words of a text are a difference.</summary>
internal static partial class DifferingParts
{
    /// <summary>
    /// What lies between the words with which both begin and those with which both end. Where nothing does, the whole differs: something was
    /// removed, and a mark must be seen.
    /// </summary>
    public static IReadOnlyList<DifferingPart> Between(string value, string? other)
    {
        var (words, others) = (Words(value), Words(other ?? ""));
        var shorter = Math.Min(words.Count, others.Count);
        var before = 0;
        while (before < shorter && words[before] == others[before])
            before++;
        var after = 0;
        while (after < shorter - before && words[^(after + 1)] == others[^(after + 1)])
            after++;
        // A blank at an edge of a mark is no difference to look at.
        while (before < words.Count - after && char.IsWhiteSpace(words[before][0]))
            before++;
        while (before < words.Count - after && char.IsWhiteSpace(words[^(after + 1)][0]))
            after++;
        var joined = Join(words.Select((word, i) => new DifferingPart(word, i >= before && i < words.Count - after)));
        return joined.Exists(x => x.Differs) ? joined : [new(value, true)];
    }

    /// <summary>Words, with the signs beside them, that stand in none of the others, for a name that a plan makes of several, in an order and with separators of its own; there may be none.</summary>
    public static IReadOnlyList<DifferingPart> Beyond(string value, IEnumerable<string?> others)
    {
        var known = others.SelectMany(x => Words(x ?? "")).ToHashSet(StringComparer.Ordinal);
        return Join(Token().Matches(value).Select(x => new DifferingPart(x.Value, Words(x.Value).Exists(word => IsWord(word) && !known.Contains(word)))));
    }

    private static List<string> Words(string text) => [.. Piece().Matches(text).Select(x => x.Value)];

    private static bool IsWord(string piece) => char.IsLetterOrDigit(piece[0]) || char.IsSurrogate(piece[0]);

    // Neighbors that are alike become one.
    private static List<DifferingPart> Join(IEnumerable<DifferingPart> pieces)
    {
        var joined = new List<DifferingPart>();
        foreach (var piece in pieces)
        {
            if (joined.Count > 0 && joined[^1].Differs == piece.Differs)
                joined[^1] = new(joined[^1].Text + piece.Text, piece.Differs);
            else
                joined.Add(piece);
        }

        return joined;
    }

    [GeneratedRegex(@"\s+|\S+", RegexOptions.None, 1000)]
    private static partial Regex Token();

    // Letters and digits with their marks, or one sign: a bracket around a new word differs with it only by its place.
    [GeneratedRegex(@"[\p{L}\p{M}\p{N}\p{Cs}]+|.", RegexOptions.Singleline, 1000)]
    private static partial Regex Piece();
}
