using System.Text;

namespace MigrationPortal.Access;

/// <summary>
/// A category as a text that names exactly one: the names from the first level down, joined by <c> / </c>. Inside a name a backslash stands
/// before <c>\</c>, <c>/</c> and <c>,</c>, so that a category called <c>Trading / Secret</c> (<c>Trading \/ Secret</c>) is not one below
/// <c>Trading</c>. Of siblings with one name, and where a name cannot be seen, each carries its number: <c>Trading\#3fa2bc01</c>.
/// </summary>
internal static class CategoryPaths
{
    private const string Separator = " / ";
    private const int NumberLength = 8;

    public static string Join(IEnumerable<string> segments) => string.Join(Separator, segments);

    public static string Segment(string name) => name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("/", @"\/", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal);

    public static string Numbered(string name, Guid category) => $@"{Segment(name)}\#{category.ToString("N")[..NumberLength]}";

    /// <summary>For a category of the new pool that has a name of the old one's tree, and is none of it.</summary>
    public static string OfNewPool(string segment) => segment + @"\+";

    public static bool IsAtOrBelow(string category, string path) => category == path || category.StartsWith(path + Separator, StringComparison.Ordinal);

    /// <summary>As people read it.</summary>
    public static string Display(string path) => string.Join(Separator, Names(path));

    public static IReadOnlyList<string> Names(string path)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '\\' && i + 1 < path.Length)
                name.Append(path[++i] switch { '#' => " #", '+' => " +", var escaped => escaped.ToString() });
            else if (string.CompareOrdinal(path, i, Separator, 0, Separator.Length) == 0)
            {
                names.Add(name.ToString());
                name.Clear();
                i += Separator.Length - 1;
            }
            else
                name.Append(path[i]);
        }

        names.Add(name.ToString());
        return names;
    }

    /// <summary>A comma list, whose paths have no comma without a backslash.</summary>
    public static IReadOnlyList<string> List(string? commas)
    {
        var paths = new List<string>();
        var from = 0;
        for (var i = 0; i <= (commas?.Length ?? -1); i++)
        {
            if (i < commas!.Length && commas[i] == '\\')
                i++;
            else if (i == commas.Length || commas[i] == ',')
            {
                if (commas[from..i].Trim() is { Length: > 0 } path)
                    paths.Add(path);
                from = i + 1;
            }
        }

        return paths;
    }
}
