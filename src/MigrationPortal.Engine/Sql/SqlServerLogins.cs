using Microsoft.Data.SqlClient;

namespace MigrationPortal.Engine.Sql;

internal sealed class SqlServerLogins : LoginStatements
{
    public const string Sql = """
        select cast(serverproperty('ProductVersion') as nvarchar(128)), cast(serverproperty('ProductLevel') as nvarchar(128)), system_user, user_name(),
            case when d.snapshot_isolation_state = 1 then 1 else 0 end, case when has_perms_by_name(null, null, 'VIEW SERVER STATE') = 1 then 1 else 0 end
        from sys.databases d where d.database_id = db_id()
        """;

    public override async Task<LoginFacts> ReadAsync(ChatSession session, CancellationToken cancellationToken)
    {
        var isEncrypted = !SqlConnectionEncryptOption.Optional.Equals(SqlServerConnection.Settings(session.Database.ConnectionString)?.Encrypt);
        var facts = await ChatSession.ListAsync(
            session.Command(Sql),
            row => new LoginFacts(
                $"SQL Server {Name(row.GetString(0))} {row.GetString(1)}", row.GetString(2), row.GetString(3), isEncrypted, row.GetInt32(4) == 1, row.GetInt32(5) == 1),
            cancellationToken);
        return facts[0];
    }

    public override string Grant(string user, IEnumerable<TableRight> rights) =>
        string.Join('\n', Group(rights).SelectMany(x => x.Tables.Select(table => $"GRANT {x.Rights} ON {table} TO {Quote(user)};")));

    public override string CreateReader(string database) => $"""
        CREATE LOGIN {ReaderName} WITH PASSWORD = N'…';
        USE {Quote(database)};
        CREATE USER {ReaderName} FOR LOGIN {ReaderName};
        EXEC sp_addrolemember N'db_datareader', N'{ReaderName}';
        """;

    public override string GrantWaits(string login) => $"USE master;\nGRANT VIEW SERVER STATE TO {Quote(login)};";

    private static string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    // 10.50.6000.34 is 2008 R2; a newer one than these is shown by its number.
    private static string Name(string version) => version.Split('.') switch
    {
        ["9", ..] => "2005",
        ["10", "50" or "51" or "52" or "53", ..] => "2008 R2",
        ["10", ..] => "2008",
        ["11", ..] => "2012",
        ["12", ..] => "2014",
        ["13", ..] => "2016",
        ["14", ..] => "2017",
        ["15", ..] => "2019",
        ["16", ..] => "2022",
        _ => version,
    };
}
