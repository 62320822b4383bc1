using System.Text.RegularExpressions;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Tests.Shared.Servers;

/// <summary>From the T-SQL that the dialect speaks to PostgreSQL. What it does not know it passes on, and PostgreSQL complains.</summary>
internal static partial class Translation
{
    private const string Visible = "c.relkind in ('r', 'p', 'v') and pg_table_is_visible(c.oid) and c.relnamespace <> 'pg_catalog'::regnamespace";

    private const string RowCount = ";\nselect cast(@@rowcount as bigint)";

    public static string Of(string statement, bool allowsSnapshot)
    {
        if (LockTimeout().Match(statement) is { Success: true } match) return $"set lock_timeout = '{match.Groups["wait"].Value}ms'";
        if (statement == SqlServerLogins.Sql) return "select '10.50.6000.34', 'SP3', current_user::text, current_user::text, 1, 1";
        if (statement.Contains("sys.dm_exec_requests", StringComparison.Ordinal)) return PostgreSqlDialect.Instance.Waits;
        if (statement.Contains("snapshot_isolation_state", StringComparison.Ordinal)) return allowsSnapshot ? "select 1::smallint" : "select 0::smallint";
        if (statement.Contains("sp_getapplock", StringComparison.Ordinal))
            return """
                select case when @wait > 0 then (select 0 from (select pg_advisory_lock(hashtext(@name))) x)
                    when pg_try_advisory_lock(hashtext(@name)) then 0 else -1 end
                """;
        if (statement.Contains("applock_mode", StringComparison.Ordinal))
            return "select case when exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted) then 'Exclusive' else 'NoLock' end";
        if (statement.Contains("c.default_object_id", StringComparison.Ordinal))
            return $"""
                select c.relname, a.attname, not a.attnotnull, a.atthasdef::int, a.attidentity <> '',
                    case when a.atttypid in ('varchar'::regtype, 'bpchar'::regtype) and a.atttypmod > 4 then a.atttypmod - 4 end
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where {Visible} order by c.relname, a.attnum
                """;
        if (statement.Contains("sys.indexes", StringComparison.Ordinal))
            return """
                select count(*) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = @table::regclass and i.indisunique and i.indnkeyatts = 1 and lower(a.attname) = lower(@column)
                """;
        if (statement.Contains("object_id(@table)", StringComparison.Ordinal))
            return "select attname, attidentity <> '' from pg_attribute where attrelid = @table::regclass and attnum > 0 and not attisdropped";
        if (statement.Contains("has_perms_by_name", StringComparison.Ordinal))
            return $"""
                select c.relname, r.name from pg_class c cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'ALTER']) r(name)
                where {Visible} and case r.name when 'ALTER' then pg_has_role(c.relowner, 'USAGE') else has_table_privilege(c.oid, r.name) end order by c.relname, r.name
                """;
        if (statement.Contains("sys.objects", StringComparison.Ordinal)) return $"select c.relname from pg_class c where {Visible} order by c.relname";

        statement = statement.Replace("count_big(", "count(", StringComparison.Ordinal).Replace("collate Latin1_General_BIN2", "collate \"C\"", StringComparison.Ordinal);
        if (statement.StartsWith("declare @gone", StringComparison.Ordinal)) return PostgreSqlDialect.Instance.RemoveMessagesSql;
        if (statement.StartsWith("create table #", StringComparison.Ordinal))
            return $"create temp table {statement["create table #".Length..]}".Replace("uniqueidentifier", "uuid", StringComparison.Ordinal)
                .Replace("nvarchar(max)", "text", StringComparison.Ordinal).Replace(" bit ", " boolean ", StringComparison.Ordinal).Replace("datetime", "timestamp", StringComparison.Ordinal);
        statement = SameText().Replace(statement.Replace("#portal", "portal", StringComparison.Ordinal), "${text}");
        statement = NestedTop().Replace(statement, "(select ${select} limit ${rows}) piece");
        if (statement.EndsWith(RowCount, StringComparison.Ordinal)) statement = $"with changed as ({statement[..^RowCount.Length]} returning 1) select count(*) from changed";
        statement = Bracket().Replace(statement, "\"${name}\"");
        return Top().Match(statement) is { Success: true } top ? $"select {statement[top.Length..]} limit {top.Groups["rows"].Value}" : statement;
    }

    [GeneratedRegex(@"^(?:set xact_abort on; )?set lock_timeout (?<wait>\d+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LockTimeout();

    [GeneratedRegex(@"cast\(cast\((?<text>[\w.@]+) as nvarchar\(max\)\) as varbinary\(max\)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SameText();

    [GeneratedRegex(@"\(select top \((?<rows>\d+)\) (?<select>[^()]*)\) piece", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NestedTop();

    [GeneratedRegex(@"^select top \((?<rows>\d+)\) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Top();

    [GeneratedRegex(@"\[(?<name>\w+)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bracket();
}
