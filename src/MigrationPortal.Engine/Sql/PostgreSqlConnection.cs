using Npgsql;

namespace MigrationPortal.Engine.Sql;

internal static class PostgreSqlConnection
{
    private const int DriverDefaultCommandTimeout = 30;

    /// <summary>How long a connection that nobody uses stays open, so that an administrator can take the database away.</summary>
    private const int IdleSeconds = 10;

    /// <param name="isPooled">Whether opening may take a connection that was used before: a twentieth of the time.</param>
    public static string Text(ChatDatabase database, bool readOnly, bool isPooled)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = isPooled,
            ConnectionIdleLifetime = IdleSeconds,
            ConnectionPruningInterval = IdleSeconds / 2,
            ApplicationName = "MigrationPortal",
            // Details of a failed row hold people's names and message text.
            IncludeErrorDetail = false,
            KeepAlive = 30,
            // Messages come and go by the megabyte: eight times the driver's buffers, an eighth of the calls.
            ReadBufferSize = 64 * 1024,
            WriteBufferSize = 64 * 1024,
        };
        // One statement may sum a whole pool's messages.
        if (settings.CommandTimeout == DriverDefaultCommandTimeout) settings.CommandTimeout = 600;
        if (readOnly) settings.Options = $"{settings.Options} -c default_transaction_read_only=on".TrimStart();
        return settings.ConnectionString;
    }

    public static DatabasePlace? Place(string? connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host: { Length: > 0 } host, Database: { Length: > 0 } database } parsed
                ? new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(host is "127.0.0.1" or "::1" ? "localhost" : host.ToLowerInvariant())}:{parsed.Port}"), database)
                : null;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            return null;
        }
    }
}
