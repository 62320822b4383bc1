using Npgsql;

namespace MigrationPortal.Engine.Sql;

internal sealed class PostgreSqlLogins : LoginStatements
{
    public override async Task<LoginFacts> ReadAsync(ChatSession session, CancellationToken cancellationToken)
    {
        var isLocal = new NpgsqlConnectionStringBuilder(session.Database.ConnectionString).Host?.StartsWith('/') == true;
        var facts = await ChatSession.ListAsync(
            session.Command("""
                select current_setting('server_version'), current_user::text, coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),
                    pg_has_role(current_user, 'pg_read_all_stats', 'usage')
                """),
            // "15.18 (Debian 15.18-0+deb12u1)"
            row => new LoginFacts($"PostgreSQL {row.GetString(0).Split(' ')[0]}", row.GetString(1), row.GetString(1), isLocal ? null : row.GetBoolean(2), true, row.GetBoolean(3)),
            cancellationToken);
        return facts[0];
    }

    public override string Grant(string user, IEnumerable<TableRight> rights) =>
        string.Join('\n', Group(rights).Select(x => $"GRANT {x.Rights} ON {string.Join(", ", x.Tables)} TO {Quote(user)};"));

    public override string CreateReader(string database) => $"""
        CREATE ROLE {ReaderName} LOGIN PASSWORD '…';
        GRANT CONNECT ON DATABASE {Quote(database)} TO {ReaderName};
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO {ReaderName};
        """;

    public override string GrantWaits(string login) => $"GRANT pg_read_all_stats TO {Quote(login)};";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
