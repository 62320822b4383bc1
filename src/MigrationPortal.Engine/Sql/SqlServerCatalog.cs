namespace MigrationPortal.Engine.Sql;

internal static class SqlServerCatalog
{
    // What an unqualified name reaches: the login's own schema, then dbo.
    private const string Visible = "o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.schema_id in (schema_id(), schema_id('dbo'))";

    public const string TablesSql = $"select o.name from sys.objects o where {Visible} order by o.name";

    // A computed column and a rowversion (189) fill themselves, as a default would.
    // nvarchar (231) and nchar (239) count bytes, two a unit, as varchar (167) and char (175) do one each; -1 is max.
    private const string ColumnsSql = $"""
        select o.name, c.name, c.is_nullable, case when c.default_object_id <> 0 or c.is_computed = 1 or c.system_type_id = 189 then 1 else 0 end, c.is_identity,
            case when c.max_length < 1 then null when c.system_type_id in (231, 239) then c.max_length / 2 when c.system_type_id in (167, 175) then c.max_length + 0 end
        from sys.objects o join sys.columns c on c.object_id = o.object_id
        where {Visible}
        order by o.name, c.column_id
        """;

    private const string RightsSql = $"""
        select o.name, r.name
        from sys.objects o cross join (select 'SELECT' as name union all select 'INSERT' union all select 'UPDATE' union all select 'DELETE' union all select 'ALTER') r
        where {Visible} and has_perms_by_name(quotename(schema_name(o.schema_id)) + '.' + quotename(o.name), 'OBJECT', r.name) = 1
        order by o.name, r.name
        """;

    public static async Task<IReadOnlyList<CatalogColumn>> ReadAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ListAsync(
            session.Command(ColumnsSql),
            row => new CatalogColumn(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3) == 1, row.GetBoolean(4), row.IsDBNull(5) ? null : row.GetInt32(5)),
            cancellationToken);

    public static async Task<IReadOnlyList<TableRight>> ListRightsAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ListAsync(session.Command(RightsSql), row => new TableRight(row.GetString(0), row.GetString(1)), cancellationToken);

    public static async Task<InsertColumns> ReadInsertColumnsAsync(ChatSession session, string table, CancellationToken cancellationToken) => new(
        await ChatSession.ListAsync(
            session.Command("select c.name, c.is_identity from sys.columns c where c.object_id = object_id(@table)", ("table", table)),
            row => (row.GetString(0), row.GetBoolean(1)), cancellationToken));
}

/// <summary>A table's columns as this database spells them: a bulk insert tells case apart, and databases differ from the documentation in it.</summary>
internal sealed class InsertColumns(IReadOnlyList<(string Name, bool IsIdentity)> columns)
{
    /// <summary>Whether the table numbers its rows itself.</summary>
    public bool HasIdentity => columns.Any(x => x.IsIdentity);

    /// <summary>Reserved words are quoted in statements, and plain in mappings.</summary>
    public IReadOnlyList<SqlColumn> Rename(IReadOnlyList<SqlColumn> wanted) => [.. wanted.Select(x => x with { Name = Spelt(x.Name.Trim('[', ']')) })];

    private string Spelt(string name) => columns.Select(x => x.Name).FirstOrDefault(x => x.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
}
