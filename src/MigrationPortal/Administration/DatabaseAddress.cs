using Npgsql;

namespace MigrationPortal.Administration;

/// <summary>Which database a connection string leads to, whoever signs in there.</summary>
internal sealed record DatabaseAddress(string Host, int Port, string Database)
{
    public static DatabaseAddress? Of(string? connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            return parsed is { Host: { Length: > 0 } host, Database: { Length: > 0 } database }
                ? new(host is "127.0.0.1" or "::1" ? "localhost" : host.ToLowerInvariant(), parsed.Port, database)
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }
}
