using System.Text.RegularExpressions;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>
/// What a person calls their browser. The header names everybody's ancestors:
/// <c>Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0</c>
/// </summary>
internal static partial class BrowserName
{
    private const int Longest = 40;

    // The first that fits: each of the later ones also stands in the headers of earlier ones.
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Version", "Safari")];
    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string? Of(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
            return null;
        var versions = Product().Matches(header).ToLookup(x => x.Groups["name"].Value, x => x.Groups["version"].Value, StringComparer.Ordinal);
        var browser = Browsers.FirstOrDefault(x => versions.Contains(x.Mark));
        if (browser.Name is null)
            return header.Length > Longest ? header[..Longest] + "…" : header;
        var system = Systems.FirstOrDefault(x => header.Contains(x.Mark, StringComparison.Ordinal)).Name;
        return $"{browser.Name} {versions[browser.Mark].First()}{(system is null ? "" : $" · {system}")}";
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]+)/(?<version>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Product();
}
