using System.Text.RegularExpressions;

namespace MigrationPortal.Ui.Values;

/// <summary>A name that holds a path, in the parts between which it may be cut: "Trading - ", "Rates - ", "Swaps".</summary>
internal static partial class PathParts
{
    public static IReadOnlyList<string> Of(string name) => [.. Part().Matches(name).Select(x => x.Value)];

    // A separator is a sign between blanks, as the option for prefixes has it, or a slash; it stays with what it follows.
    [GeneratedRegex(@".+?(?:\s[^\w\s]\s+|[/\\](?=.)|$)", RegexOptions.Singleline, 1000)]
    private static partial Regex Part();
}
