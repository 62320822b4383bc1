namespace MigrationPortal.Engine.Sql;

internal static class SqlServerCatalog
{
    // What an unqualified name reaches: the login's own schema, then dbo.
    private const string Visible = "o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.schema_id in (schema_id(), schema_id('dbo'))";

    public const string TablesSql = $"select o.name from sys.objects o where {Visible} order by o.name";

    // A computed column and a rowversion (189) fill themselves, as a default would.
    private const string ColumnsSql = $"""
        select o.name, c.name, c.is_nullable, case when c.default_object_id <> 0 or c.is_computed = 1 or c.system_type_id = 189 then 1 else 0 end, c.is_identity
        from sys.objects o join sys.columns c on c.object_id = o.object_id
        where {Visible}
        order by o.name, c.column_id
        """;

    private const string WritableSql = $"""
        select o.name from sys.objects o
        where {Visible} and (has_perms_by_name(quotename(schema_name(o.schema_id)) + '.' + quotename(o.name), 'OBJECT', 'INSERT') = 1
            or has_perms_by_name(quotename(schema_name(o.schema_id)) + '.' + quotename(o.name), 'OBJECT', 'UPDATE') = 1
            or has_perms_by_name(quotename(schema_name(o.schema_id)) + '.' + quotename(o.name), 'OBJECT', 'DELETE') = 1)
        order by o.name
        """;

    public static async Task<IReadOnlyList<CatalogColumn>> ReadAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ListAsync(
            session.Command(ColumnsSql),
            row => new CatalogColumn(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3) == 1, row.GetBoolean(4)),
            cancellationToken);

    public static async Task<IReadOnlyList<string>> ListWritableAsync(
        ChatSession session, IReadOnlyCollection<string> tables, CancellationToken cancellationToken)
    {
        var writable = await ChatSession.ListAsync(session.Command(WritableSql), row => row.GetString(0), cancellationToken);
        return [.. writable.Where(x => tables.Contains(x, StringComparer.OrdinalIgnoreCase))];
    }

    public static async Task<bool> HasIdentityAsync(ChatSession session, string table, CancellationToken cancellationToken) =>
        await ChatSession.ScalarAsync<long>(
            session.Command("select count_big(*) from sys.columns where object_id = object_id(@table) and is_identity = 1", ("table", table)), cancellationToken) > 0;
}
