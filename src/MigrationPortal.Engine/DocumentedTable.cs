namespace MigrationPortal.Engine;

/// <summary>A table as its product's documentation prints it.</summary>
/// <param name="Required">Columns without which the database cannot be read.</param>
/// <param name="Optional">Documented columns that may be missing.</param>
/// <param name="IsRequired">Whether the table itself must be there.</param>
internal sealed record DocumentedTable(string Name, bool IsRequired, IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    public static DocumentedTable Needed(string name, string required, string optional = "") => new(name, true, Split(required), Split(optional));

    public static DocumentedTable Extra(string name) => new(name, false, [], []);

    public static DocumentedTable Extra(string name, string required) => new(name, false, Split(required), []);

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
