using Microsoft.Extensions.Options;
using Npgsql;

namespace MigrationPortal.Data;

/// <summary>Where the portal keeps its own data: <c>ConnectionStrings:Portal</c>, or a private PostgreSQL in <c>Data:Directory</c>.</summary>
internal sealed class DataOptions
{
    public const string ConnectionStringKey = "ConnectionStrings:Portal";
    public const string DirectoryKey = "Data:Directory";

    public string? ConnectionString { get; set; }

    /// <summary>Null: <c>data</c> below the content root.</summary>
    public string? Directory { get; set; }

    /// <summary>Further settings of the private server, <c>name=value</c>.</summary>
    public List<string> ServerSettings { get; set; } = [];

    public bool IsPrivate => string.IsNullOrWhiteSpace(ConnectionString);
}

internal sealed class ValidateDataOptions : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        if (options.IsPrivate)
        {
            return OperatingSystem.IsWindows()
                ? ValidateOptionsResult.Fail($"{DataOptions.ConnectionStringKey} is needed on Windows: the portal runs a PostgreSQL of its own on Linux only.")
                : ValidateOptionsResult.Success;
        }

        return ConnectionStringCheck.Mistake(options.ConnectionString!) is { } mistake
            ? ValidateOptionsResult.Fail($"{DataOptions.ConnectionStringKey} {mistake}")
            : ValidateOptionsResult.Success;
    }
}

internal enum ConnectionStringFault
{
    Unreadable,
    NoHost,
    NoDatabase,
}

internal static class ConnectionStringCheck
{
    /// <summary>The rest of a sentence that began with the key. It never quotes the value, and so never a password.</summary>
    public static string? Mistake(string connectionString) => Find(connectionString) switch
    {
        ConnectionStringFault.NoHost => "does not name a Host.",
        ConnectionStringFault.NoDatabase => "does not name a Database.",
        ConnectionStringFault.Unreadable => "is not a PostgreSQL connection string: write Host=…;Database=…;Username=…;Password=….",
        _ => null,
    };

    /// <summary>Null when PostgreSQL's driver can use it.</summary>
    public static ConnectionStringFault? Find(string connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(parsed.Host))
                return ConnectionStringFault.NoHost;
            return string.IsNullOrWhiteSpace(parsed.Database) ? ConnectionStringFault.NoDatabase : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return ConnectionStringFault.Unreadable;
        }
    }
}
