using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace MigrationPortal.Engine.Sql;

/// <summary>What went wrong on PostgreSQL, in one sentence that names server, database, login and remedy.</summary>
internal static class PostgreSqlErrors
{
    public static bool Recognises(Exception failure) =>
        // The driver says the last of a connection that it closed itself.
        failure is DbException or SocketException or TimeoutException or IOException or InvalidOperationException { Source: "Npgsql" };

    public static bool IsTransient(Exception failure) => failure switch
    {
        ChatDatabaseException known => known.Refusal.Kind == RefusalKind.Unavailable,
        PostgresException { SqlState: "53100" } => false,
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" || state is "55P03" or "55000",
        _ => Recognises(failure),
    };

    /// <summary><c>database "mgc" on sql01:5432</c>, or <c>the database of a connection string</c> that cannot be read.</summary>
    public static string Place(ChatDatabase database) =>
        Settings(database) is { } settings ? $"database \"{settings.Database ?? settings.Username}\" on {Server(settings)}" : "the chat database";

    public static Refusal Explain(Exception failure, ChatDatabase database)
    {
        if (failure is ChatDatabaseException known) return known.Refusal;
        if (Settings(database) is not { } settings || failure is ArgumentException)
            return new Refusal(
                "connection-string",
                $"The connection string of the {Side(database)} pool cannot be read; correct it (Host=…;Database=…;Username=…).");
        var (server, name, login) = (Server(settings), settings.Database ?? settings.Username, settings.Username);
        return failure switch
        {
            PostgresException error => Explain(error, server, name, login),
            _ when FailureChain.Find<SocketException>(failure) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
                Unavailable("server-unknown", $"There is no server named {server}; correct Host in the connection string or the name service."),
            _ when FailureChain.Find<SocketException>(failure) is { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable } =>
                Unavailable("server-unreachable", $"No PostgreSQL answers on {server}; start it, or correct Host and Port."),
            _ when FailureChain.Find<TimeoutException>(failure) is not null =>
                Unavailable("timeout", $"The server {server} did not answer in time for database \"{name}\"; see whether it is overloaded, then try again."),
            ArgumentException or FormatException => new Refusal(
                "connection-string", $"The connection string of the {Side(database)} pool is incomplete: {failure.Message.TrimEnd('.')}."),
            _ => Unavailable("connection-lost", $"The connection to database \"{name}\" on {server} was lost or could not be made; see whether the server runs, then try again."),
        };
    }

    private static Refusal Explain(PostgresException error, string server, string? name, string? login) => error.SqlState switch
    {
        "28P01" or "28000" => new Refusal("login-refused", $"The server {server} refuses the login \"{login}\"; correct Username and Password, or let the server admit it (pg_hba.conf)."),
        "3D000" => new Refusal("no-database", $"There is no database \"{name}\" on {server}; correct Database in the connection string."),
        "42501" => new Refusal("no-rights", $"The login \"{login}\" lacks a right in database \"{name}\" on {server} ({error.MessageText}); grant it."),
        "25006" => new Refusal("read-only", $"Database \"{name}\" on {server} admits no writing now ({error.MessageText}); connect to the primary server."),
        "53100" => new Refusal("disk-full", $"The disk of {server} is full, so database \"{name}\" takes nothing more; make room, then resume: what was copied stays."),
        "53300" => Unavailable("too-many-connections", $"The server {server} has no free connection; raise max_connections or try again later."),
        "55P03" or "40P01" or "40001" => Unavailable("locked", $"Somebody else holds a lock in database \"{name}\" on {server}; try again."),
        "55000" => Unavailable("closed", $"Database \"{name}\" on {server} admits nobody now ({error.MessageText}); try again when it is open."),
        "57014" => Unavailable("timeout", $"A statement in database \"{name}\" on {server} was cancelled or took too long; raise the time limit or try again."),
        "57P01" or "57P02" or "57P03" or "57P05" => Unavailable("server-going", $"The server {server} is stopping, starting or cut the connection; try again when it is up."),
        "42P01" or "42703" => new Refusal("schema-changed", $"Database \"{name}\" on {server} lacks something that was there when it was examined ({error.MessageText}); scan again.", RefusalKind.Stale),
        "23505" => new Refusal("row-exists", $"A row that was to be written exists in database \"{name}\" on {server} ({error.TableName}, {error.ConstraintName}); scan again.", RefusalKind.Conflict),
        "23502" or "23503" or "23514" or "22001" => new Refusal("row-refused", $"Database \"{name}\" on {server} refuses a row ({error.TableName} {error.ConstraintName}{error.ColumnName}, {error.SqlState}); compare its schema with the documented one."),
        _ when IsTransient(error) => Unavailable("server-failed", $"The server {server} failed for the moment ({error.SqlState}); try again."),
        _ => new Refusal("database-error", $"Database \"{name}\" on {server} answered with error {error.SqlState}; see the server's log."),
    };

    private static Refusal Unavailable(string code, string message) => new(code, message, RefusalKind.Unavailable);

    private static string Side(ChatDatabase database) => database.IsLegacy ? "legacy" : "new";

    private static string Server(NpgsqlConnectionStringBuilder settings) => $"{settings.Host}:{settings.Port}";

    private static NpgsqlConnectionStringBuilder? Settings(ChatDatabase database)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(database.ConnectionString) is { Host.Length: > 0 } settings ? settings : null;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            return null;
        }
    }
}
