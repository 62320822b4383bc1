using System.Text.RegularExpressions;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Where the documented tables stand in one database. Group Chat's documentation prints them without, its keys with the prefix
/// <c>tbl</c> (trap 51): statements are written with it, and say what the database says.
/// </summary>
internal sealed partial class TableNames
{
    public static readonly TableNames AsDocumented = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    private readonly Dictionary<string, string> _actual;

    private TableNames(Dictionary<string, string> actual) => _actual = actual;

    public bool AreAsDocumented => _actual.Count == 0;

    /// <param name="documented">With prefix.</param>
    /// <param name="found">As the catalog spells them.</param>
    public static TableNames Find(IEnumerable<string> documented, IReadOnlyCollection<string> found)
    {
        var names = found.ToLookup(x => x, StringComparer.OrdinalIgnoreCase);
        return new TableNames(documented
            .Where(x => !names.Contains(x) && names.Contains(x["tbl".Length..]))
            .ToDictionary(x => x, x => names[x["tbl".Length..]].First(), StringComparer.OrdinalIgnoreCase));
    }

    public string ActualOf(string documented) => _actual.GetValueOrDefault(documented, documented);

    /// <summary>The documented name of a table of the catalog; its own where the documentation does not know it.</summary>
    public string DocumentedOf(string actual)
    {
        foreach (var (documented, name) in _actual)
            if (name.Equals(actual, StringComparison.OrdinalIgnoreCase)) return documented;
        return actual;
    }

    public string In(string sql, SqlDialect dialect) => _actual.Count == 0
        ? sql
        : Word().Replace(sql, x => _actual.TryGetValue(x.Value, out var name) ? dialect.Quote(name) : x.Value);

    [GeneratedRegex(@"\btbl\w+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
