using MigrationPortal.Engine.Legacy;
using MigrationPortal.Engine.PersistentChat;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>The tables and columns of one chat database beside the documented ones. Names are compared as the servers do: without case.</summary>
internal sealed class ChatCatalog
{
    private readonly ChatDatabase _database;
    private readonly ILookup<string, CatalogColumn> _columns;
    private readonly IReadOnlyDictionary<string, string> _absence;

    public ChatCatalog(ChatDatabase database, IReadOnlyList<CatalogColumn> columns)
    {
        _database = database;
        _columns = columns.ToLookup(x => x.Table, StringComparer.OrdinalIgnoreCase);
        _absence = database.IsLegacy ? GroupChatSchema.Absence : PersistentChatSchema.Absence;
        // Trap 51: the documentation spells this table in two ways.
        ScopeTable = !_columns.Contains("tblScopePrincipal") && _columns.Contains("tblScopedPrincipal") ? "tblScopedPrincipal" : "tblScopePrincipal";
        Documented = [.. (database.IsLegacy ? GroupChatSchema.TablesOf(database.Product) : PersistentChatSchema.Tables)
            .Select(x => x.Name == "tblScopePrincipal" ? x with { Name = ScopeTable } : x)];
    }

    public string ScopeTable { get; }

    public IReadOnlyList<DocumentedTable> Documented { get; }

    public bool Has(string table) => _columns.Contains(table);

    public bool Has(string table, string column) => Find(table, column) is not null;

    public CatalogColumn? Find(string table, string column) =>
        _columns[table].FirstOrDefault(x => x.Column.Equals(column, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the text columns of documented tables hold, where that is bounded.</summary>
    public IReadOnlyList<ColumnWidth> ListWidths() =>
        [.. from table in Documented
            from column in table.Required.Concat(table.Optional)
            where Find(table.Name, column)?.Width is not null
            select new ColumnWidth(table.Name, column, Find(table.Name, column)!.Width!.Value)];

    /// <summary>Documented tables and columns that are not there although their product may have them, with what that means.</summary>
    public IEnumerable<(string Name, string Meaning)> ListAbsent() =>
        from table in Documented
        from name in Has(table.Name) ? table.Optional.Where(x => !Has(table.Name, x)).Select(x => $"{table.Name}.{x}") : [table.Name]
        where _absence.ContainsKey(name)
        select (name, _absence[name]);

    /// <summary>Columns that no documentation names, in tables that it does name.</summary>
    public IEnumerable<CatalogColumn> ListUndocumented() =>
        from table in Documented
        where table.Required.Count + table.Optional.Count > 0
        from column in _columns[table.Name]
        where !table.Required.Concat(table.Optional).Contains(column.Column, StringComparer.OrdinalIgnoreCase)
        select column with { Table = table.Name };

    public Refusal? FindRefusal()
    {
        var side = _database.IsLegacy ? "legacy" : "new";
        var needed = Documented.Where(x => x.IsRequired).ToList();
        var missing = needed.Where(x => !Has(x.Name)).Select(x => x.Name).ToList();
        if (missing.Count == needed.Count || !Has("tblNode"))
            return new Refusal("not-a-chat-database",
                $"The database of the {side} pool is not a chat database: it has no table tblNode that the login can see; correct Database in the connection string.");
        if (missing.Count > 0)
            return new Refusal("table-missing",
                $"The database of the {side} pool lacks {string.Join(", ", missing)}; correct the connection string, or restore the database whole.");
        if (Has("tblPrincipal", "prinDisplayName") && _database.IsLegacy)
            return OtherProduct("legacy", "Persistent Chat", "New");
        if (Has("tblPrincipal", "prinAllowedPermSet") && !_database.IsLegacy)
            return OtherProduct("new", "Group Chat", "Legacy");
        var columns = Documented.Where(x => Has(x.Name))
            .SelectMany(table => table.Required.Where(column => !Has(table.Name, column)).Select(column => $"{table.Name}.{column}")).ToList();
        return columns.Count == 0
            ? null
            : new Refusal("column-missing",
                $"The database of the {side} pool lacks {string.Join(", ", columns)}, which {_database.Product} documents; see that Product is right and the database is whole.");
    }

    public IReadOnlyList<ProbedTable> Describe()
    {
        var documented = Documented.Select(table => new ProbedTable(
            table.Name,
            Has(table.Name) ? ProbeState.Present : ProbeState.Missing,
            table.IsRequired,
            [.. DescribeColumns(table)],
            Has(table.Name) ? null : _absence.GetValueOrDefault(table.Name)));
        var unknown = _columns.Select(x => x.Key).Where(name => !Documented.Any(x => x.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .Select(name => new ProbedTable(name, ProbeState.Unknown, false, [], "Not documented; neither read nor written."));
        return [.. documented, .. unknown];
    }

    private IEnumerable<ProbedColumn> DescribeColumns(DocumentedTable table)
    {
        if (!Has(table.Name)) yield break;
        foreach (var column in table.Required) yield return new ProbedColumn(column, ProbeState.Present, true, null);
        foreach (var column in table.Optional)
        {
            var there = Has(table.Name, column);
            yield return new ProbedColumn(
                column, there ? ProbeState.Present : ProbeState.Missing, false, there ? null : _absence.GetValueOrDefault($"{table.Name}.{column}"));
        }
        foreach (var column in ListUndocumented().Where(x => x.Table == table.Name))
            yield return new ProbedColumn(column.Column, ProbeState.Unknown, false, "Not documented; neither read nor written.");
    }

    private static Refusal OtherProduct(string side, string found, string setting) => new(
        "other-product",
        $"The database of the {side} pool is {found}'s; put its connection string under {setting}, or correct Product.");
}
