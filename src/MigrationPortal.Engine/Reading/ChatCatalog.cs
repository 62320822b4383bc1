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
    private static readonly Wording Undocumented = new("Probe.UndocumentedColumn");

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
    public IEnumerable<(string Name, Wording Meaning)> ListAbsent() =>
        from table in Documented
        from name in Has(table.Name) ? table.Optional.Where(x => !Has(table.Name, x)).Select(x => $"{table.Name}.{x}") : [table.Name]
        where _absence.ContainsKey(name)
        select (name, new Wording(_absence[name]));

    /// <summary>Columns that no documentation names, in tables that it does name.</summary>
    public IEnumerable<CatalogColumn> ListUndocumented() =>
        from table in Documented
        where table.Required.Count + table.Optional.Count > 0
        from column in _columns[table.Name]
        where !table.Required.Concat(table.Optional).Contains(column.Column, StringComparer.OrdinalIgnoreCase)
        select column with { Table = table.Name };

    public Refusal? FindRefusal()
    {
        var side = _database.Side;
        var needed = Documented.Where(x => x.IsRequired).ToList();
        var missing = needed.Where(x => !Has(x.Name)).Select(x => x.Name).ToList();
        if (missing.Count == needed.Count || !Has("tblNode"))
            return new Refusal("not-a-chat-database", RefusalKind.Invalid, side);
        if (missing.Count > 0)
            return new Refusal("table-missing", RefusalKind.Invalid, side, missing);
        if (Has("tblPrincipal", "prinDisplayName") && _database.IsLegacy)
            return new Refusal("other-product.persistent-chat");
        if (Has("tblPrincipal", "prinAllowedPermSet") && !_database.IsLegacy)
            return new Refusal("other-product.group-chat");
        var columns = Documented.Where(x => Has(x.Name))
            .SelectMany(table => table.Required.Where(column => !Has(table.Name, column)).Select(column => $"{table.Name}.{column}")).ToList();
        return columns.Count == 0
            ? null
            : new Refusal("column-missing", RefusalKind.Invalid, side, columns, $"{_database.Product}");
    }

    public IReadOnlyList<ProbedTable> Describe()
    {
        var documented = Documented.Select(table => new ProbedTable(
            table.Name,
            Has(table.Name) ? ProbeState.Present : ProbeState.Missing,
            table.IsRequired,
            [.. DescribeColumns(table)],
            Has(table.Name) ? null : AbsenceOf(table.Name)));
        var unknown = _columns.Select(x => x.Key).Where(name => !Documented.Any(x => x.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .Select(name => new ProbedTable(name, ProbeState.Unknown, false, [], Undocumented));
        return [.. documented, .. unknown];
    }

    private Wording? AbsenceOf(string name) => _absence.GetValueOrDefault(name) is { } key ? new(key) : null;

    private IEnumerable<ProbedColumn> DescribeColumns(DocumentedTable table)
    {
        if (!Has(table.Name)) yield break;
        foreach (var column in table.Required) yield return new ProbedColumn(column, ProbeState.Present, true, null);
        foreach (var column in table.Optional)
        {
            var there = Has(table.Name, column);
            yield return new ProbedColumn(
                column, there ? ProbeState.Present : ProbeState.Missing, false, there ? null : AbsenceOf($"{table.Name}.{column}"));
        }
        foreach (var column in ListUndocumented().Where(x => x.Table == table.Name))
            yield return new ProbedColumn(column.Column, ProbeState.Unknown, false, Undocumented);
    }
}
