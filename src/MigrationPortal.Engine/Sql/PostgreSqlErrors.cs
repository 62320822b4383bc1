using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace MigrationPortal.Engine.Sql;

/// <summary>What went wrong on PostgreSQL, in a sentence that names server, database, login and remedy.</summary>
internal static class PostgreSqlErrors
{
    public static bool Recognises(Exception failure) =>
        // The driver says the last of a connection that it closed itself.
        failure is DbException or SocketException or TimeoutException or IOException or InvalidOperationException { Source: "Npgsql" };

    public static bool IsTransient(Exception failure) => failure switch
    {
        ChatDatabaseException known => known.Refusal.Kind == RefusalKind.Unavailable,
        // A full disk; and binary rows that the columns do not take, which the server calls a violation of the protocol.
        PostgresException { SqlState: "53100" or "08P01" } => false,
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" || state is "55P03" or "55000",
        _ => Recognises(failure),
    };

    /// <summary>"Database “mgc” on sql01:5432", or "Chat database" where the connection string cannot be read.</summary>
    public static Wording Place(ChatDatabase database) =>
        Settings(database) is { } settings ? new("Database.On", settings.Database ?? settings.Username, Server(settings)) : new("Database.Unknown");

    public static Refusal Explain(Exception failure, ChatDatabase database)
    {
        if (failure is ChatDatabaseException known) return known.Refusal;
        if (Settings(database) is not { } settings || failure is ArgumentException)
            return new Refusal("connection-string.postgresql", RefusalKind.Invalid, database.Side);
        var (server, name, login) = (Server(settings), settings.Database ?? settings.Username, settings.Username);
        return failure switch
        {
            PostgresException error => Explain(error, server, name, login),
            _ when FailureChain.Find<SocketException>(failure) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
                Unavailable("server-unknown.postgresql", server),
            _ when FailureChain.Find<SocketException>(failure) is { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable } =>
                Unavailable("server-unreachable.postgresql", server),
            _ when FailureChain.Find<TimeoutException>(failure) is not null =>
                Unavailable("timeout.answer", server, name),
            ArgumentException or FormatException => new Refusal("connection-string.incomplete", RefusalKind.Invalid, database.Side, failure.Message.TrimEnd('.')),
            _ => Unavailable("connection-lost", name, server),
        };
    }

    private static Refusal Explain(PostgresException error, string server, string? name, string? login) => error.SqlState switch
    {
        "28P01" or "28000" => Refused("login-refused.postgresql", server, login),
        "3D000" => Refused("no-database.postgresql", server, name),
        "42501" => Refused("no-rights", name, server, login, error.MessageText),
        "25006" => Refused("read-only", name, server, error.MessageText),
        "53100" => Refused("disk-full", name, server),
        "53300" => Unavailable("too-many-connections.postgresql", server),
        "55P03" or "40P01" or "40001" => Unavailable("locked", name, server),
        "55000" => Unavailable("closed", name, server, error.MessageText),
        "57014" => Unavailable("timeout.statement", name, server),
        "57P01" or "57P02" or "57P03" or "57P05" => Unavailable("server-going", server, error.SqlState),
        "42P01" or "42703" => new Refusal("schema-changed.database", RefusalKind.Stale, name, server, error.MessageText),
        "23505" => new Refusal("row-exists", RefusalKind.Conflict, name, server, $"{error.TableName}, {error.ConstraintName}"),
        "23502" or "23503" or "23514" or "22001" or "22P03" or "08P01" => Refused("row-refused", name, server, $"{error.TableName} {error.ConstraintName}{error.ColumnName}, {error.SqlState}"),
        _ when IsTransient(error) => Unavailable("server-failed", server, error.SqlState),
        _ => Refused("database-error", name, server, error.SqlState),
    };

    private static Refusal Refused(string key, params ReadOnlySpan<object?> args) => new(key, RefusalKind.Invalid, args);

    private static Refusal Unavailable(string key, params ReadOnlySpan<object?> args) => new(key, RefusalKind.Unavailable, args);

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
