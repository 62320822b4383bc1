using System.Globalization;
using Npgsql;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>
/// A table as the twin's catalog describes it, to be made on another server: without its references, which would order what is
/// emptied and filled. That the engine keeps to them shows where the tests write and look.
/// </summary>
internal sealed record TwinTable(string Name, IReadOnlyList<TwinColumn> Columns, IReadOnlyList<string> Keys)
{
    public static async Task<IReadOnlyList<TwinTable>> ListAsync(NpgsqlConnection twin)
    {
        var columns = await RowsAsync(twin, """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' else 'null' end, coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity::text
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname, a.attnum
            """);
        var keys = await RowsAsync(twin, """
            select c.relname, format(case o.contype when 'p' then 'primary key (%s)' else 'unique (%s)' end, own.columns)
            from pg_constraint o join pg_class c on c.oid = o.conrelid,
            lateral (select string_agg(format('"%s"', attname), ', ' order by k.n) as columns from unnest(o.conkey) with ordinality k (number, n) join pg_attribute on attrelid = o.conrelid and attnum = k.number) own
            where o.contype in ('p', 'u') and c.relnamespace = 'public'::regnamespace order by c.relname, o.conname
            """);
        return [.. columns.GroupBy(x => x[0]).Select(table => new TwinTable(
            table.Key,
            [.. table.Select(x => new TwinColumn(x[1], x[2], x[3], x[4], x[5].Length > 0))],
            [.. keys.Where(x => x[0] == table.Key).Select(x => x[1])]))];
    }

    /// <summary>As every server takes it, reserved word or not.</summary>
    public string Quoted => $"\"{Name}\"";

    public string Create(IMirroredServer server) =>
        $"create table {Quoted} ({string.Join(", ", Columns.Select(x => x.Create(server)).Concat(Keys))})";

    private static async Task<List<string[]>> RowsAsync(NpgsqlConnection twin, string sql)
    {
        await using var command = new NpgsqlCommand(sql, twin);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(x => Convert.ToString(reader.GetValue(x), CultureInfo.InvariantCulture)!)]);
        return rows;
    }
}

/// <param name="Null"><c>null</c> or <c>not null</c>.</param>
/// <param name="Default">As PostgreSQL spells it: <c>1</c>, <c>true</c>, <c>'x'::character varying</c>; empty without one.</param>
internal sealed record TwinColumn(string Name, string Type, string Null, string Default, bool IsIdentity)
{
    public string Create(IMirroredServer server)
    {
        if (IsIdentity) return $"\"{Name}\" {server.TypeOf(Type)} {Null} {server.Identity}";
        var value = Default.Split("::")[0];
        return $"\"{Name}\" {server.TypeOf(Type)} {Null}{(value.Length == 0 ? "" : $" default {(Type == "boolean" ? $"'{value}'" : value)}")}";
    }
}
