using Microsoft.Data.SqlClient;

namespace MigrationPortal.Engine.Sql;

internal static class SqlServerConnection
{
    private const int DriverDefaultCommandTimeout = 30;

    /// <exception cref="FormatException">The connection string cannot be read; so do its relatives that <see cref="IsUnreadable"/> names.</exception>
    /// <param name="isPooled">Never for writing: a pooled connection would keep its locks after it was given back.</param>
    public static string Text(ChatDatabase database, bool isPooled)
    {
        var settings = new SqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = isPooled,
            ApplicationName = "MigrationPortal",
            // A connection that mends itself comes back without the run's lock and without its settings.
            ConnectRetryCount = 0,
            MultipleActiveResultSets = false,
            Enlist = false,
        };
        if (settings.DataSource.Length == 0) throw new FormatException("Server is missing");
        if (settings.InitialCatalog.Length == 0 && settings.AttachDBFilename.Length == 0) throw new FormatException("Database is missing");
        // One statement may sum a whole pool's messages.
        if (settings.CommandTimeout == DriverDefaultCommandTimeout) settings.CommandTimeout = 600;
        return settings.ConnectionString;
    }

    public static SqlConnectionStringBuilder? Settings(string? connectionString)
    {
        try
        {
            return new SqlConnectionStringBuilder(connectionString) is { DataSource.Length: > 0 } settings ? settings : null;
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            return null;
        }
    }

    public static DatabasePlace? Place(string? connectionString) =>
        Settings(connectionString) is { InitialCatalog: { Length: > 0 } database } settings ? new(Server(settings.DataSource), database.ToLowerInvariant()) : null;

    public static IEnumerable<ConnectionWarning> WarningsOn(ChatDatabase database)
    {
        if (Settings(database.ConnectionString) is not { } settings) yield break;
        if (SqlConnectionEncryptOption.Optional.Equals(settings.Encrypt))
            yield return new ConnectionWarning("NotEncrypted", "Encrypt");
        else if (settings.TrustServerCertificate)
            yield return new ConnectionWarning("CertificateUnchecked", "TrustServerCertificate");
    }

    public static bool IsUnreadable(Exception failure) =>
        failure is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException;

    // tcp:SQL01,1433 and sql01 are one server, (local) and . are this machine; a named instance stays apart.
    private static string Server(string source)
    {
        var server = source.Trim().ToLowerInvariant();
        if (server.StartsWith("tcp:", StringComparison.Ordinal)) server = server[4..];
        if (server.EndsWith(",1433", StringComparison.Ordinal)) server = server[..^5];
        var slash = server.IndexOf('\\', StringComparison.Ordinal);
        var (host, instance) = slash < 0 ? (server, "") : (server[..slash], server[slash..]);
        if (host is "." or "(local)" or "127.0.0.1" or "::1") host = "localhost";
        return instance is "" or "\\mssqlserver" ? host : host + instance;
    }
}
