namespace MigrationPortal.Engine.Sql;

internal static class PostgreSqlCatalog
{
    public static async Task<IReadOnlyList<CatalogColumn>> ReadAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ListAsync(
            session.Command("""
                select c.relname, a.attname, not a.attnotnull, a.atthasdef, a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid), '') like 'nextval(%',
                    case when a.atttypid in ('varchar'::regtype, 'bpchar'::regtype) and a.atttypmod > 4 then a.atttypmod - 4 end
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                where c.relkind in ('r', 'p', 'v') and pg_table_is_visible(c.oid) and c.relnamespace <> 'pg_catalog'::regnamespace
                order by c.relname, a.attnum
                """),
            row => new CatalogColumn(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.IsDBNull(5) ? null : row.GetInt32(5)),
            cancellationToken);

    public static async Task<IReadOnlyList<TableRight>> ListRightsAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ListAsync(
            session.Command("""
                select c.relname, r.name from pg_class c cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) r(name)
                where c.relkind in ('r', 'p', 'v') and pg_table_is_visible(c.oid) and c.relnamespace <> 'pg_catalog'::regnamespace and has_table_privilege(c.oid, r.name)
                order by c.relname, r.name
                """),
            row => new TableRight(row.GetString(0), row.GetString(1)),
            cancellationToken);
}
