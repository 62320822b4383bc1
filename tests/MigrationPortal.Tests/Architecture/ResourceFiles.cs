using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Architecture;

/// <summary>The resources and the source that asks for them, as they lie in the repository.</summary>
internal static partial class ResourceFiles
{
    public static readonly string Source = Path.GetFullPath(Path.Combine(SourceFolder.Tests, "..", "..", "src"));

    /// <summary>What words sentences anywhere (<c>Wording</c>); every other resource is a page's or a part's own.</summary>
    public static readonly string[] Sentences =
    [
        "MigrationPortal.Engine/Refusals", "MigrationPortal.Engine/Findings", "MigrationPortal/Texts/Refusals", "MigrationPortal/Texts/Events", "MigrationPortal/Texts/Checks",
        "MigrationPortal/Texts/SignInReasons", "MigrationPortal/Batches/Viewing/Deciding/RuleTexts", "MigrationPortal/Reviews/Policy/ReviewFactTexts",
    ];

    /// <summary>Relative to <see cref="Source"/>, without language and <c>.resx</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Directory.GetFiles(Source, "*.resx", SearchOption.AllDirectories)
        .Where(x => !x.EndsWith(".de.resx", StringComparison.Ordinal) && !x.EndsWith(".es.resx", StringComparison.Ordinal))
        .Select(x => Path.GetRelativePath(Source, x).Replace('\\', '/')[..^".resx".Length]).Order(StringComparer.Ordinal)];

    /// <summary>Path and text of each C# and Razor file; MudBlazor asks for its own keys, so that its resource is no page's.</summary>
    public static IReadOnlyDictionary<string, string> Code { get; } = Files("*.cs").Concat(Files("*.razor")).ToDictionary(x => x, File.ReadAllText, StringComparer.Ordinal);

    public static Dictionary<string, string> Read(string resource, string? language = null) =>
        XDocument.Load(Path.Combine(Source, $"{resource}{(language is null ? "" : $".{language}")}.resx")).Root!.Elements("data")
            .ToDictionary(x => (string)x.Attribute("name")!, x => (string)x.Element("value")!, StringComparer.Ordinal);

    public static IEnumerable<string> Files(string pattern) => Directory.GetFiles(Source, pattern, SearchOption.AllDirectories)
        .Where(x => !x.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !x.Contains("Migrations", StringComparison.Ordinal));

    public static bool HasWords(string text) => Letters().IsMatch(Placeholder().Replace(text, ""));

    [GeneratedRegex(@"\{(?<n>\d+)(:[^}]+)?\}", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Placeholder();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 1000)]
    private static partial Regex Letters();
}
