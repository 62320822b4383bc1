namespace MigrationPortal.Engine.Sql;

/// <summary>Who signs in to a chat database, and what the server lets them see.</summary>
/// <param name="Server">Product and version, e.g. "SQL Server 2012 SP4".</param>
/// <param name="Login">As the server knows it, e.g. <c>CONTOSO\svc-migportal$</c>.</param>
/// <param name="User">As the database's permissions name it.</param>
/// <param name="IsEncrypted">Null where nothing goes over a network.</param>
/// <param name="ReadsSnapshot">Whether readings see one state and hold nobody up.</param>
/// <param name="MaySeeWaits">Whether the login sees other sessions and their locks.</param>
public sealed record LoginFacts(string Server, string Login, string User, bool? IsEncrypted, bool ReadsSnapshot, bool MaySeeWaits);

/// <summary>How a server is asked who signs in, and the statements by which its administrator changes what they may do. Nothing here is ever run but the question.</summary>
internal abstract class LoginStatements
{
    /// <summary>In the statement of a login that its administrator creates.</summary>
    protected const string ReaderName = "migrationportal_reader";

    public abstract Task<LoginFacts> ReadAsync(ChatSession session, CancellationToken cancellationToken);

    /// <param name="rights">Of tables that are there, as they are spelled there.</param>
    public abstract string Grant(string user, IEnumerable<TableRight> rights);

    /// <summary>Creates a login that can only read.</summary>
    public abstract string CreateReader(string database);

    public abstract string GrantWaits(string login);

    /// <summary>Tables of the same missing rights, together.</summary>
    protected static IEnumerable<(string Rights, IReadOnlyList<string> Tables)> Group(IEnumerable<TableRight> rights) =>
        from table in rights.GroupBy(x => x.Table, StringComparer.OrdinalIgnoreCase)
        group table.Key by string.Join(", ", table.Select(x => x.Right)) into same
        select (same.Key, (IReadOnlyList<string>)[.. same]);
}
