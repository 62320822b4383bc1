using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace MigrationPortal.Engine.Sql;

/// <summary>What went wrong on SQL Server, in one sentence that names server, database, login and remedy.</summary>
internal static class SqlServerErrors
{
    // From here on the server ends the connection.
    private const byte FatalClass = 20;

    public static bool Recognises(Exception failure) =>
        failure is DbException or SocketException or TimeoutException or IOException or InvalidOperationException { Source: "Microsoft.Data.SqlClient" } || IsParserFault(failure);

    public static bool IsTransient(Exception failure) => failure switch
    {
        ChatDatabaseException known => known.Refusal.Kind == RefusalKind.Unavailable,
        SqlException error => Explain(error.Number, error.Class, "", "", null).Kind == RefusalKind.Unavailable,
        _ => Recognises(failure),
    };

    public static string Place(ChatDatabase database) => SqlServerConnection.Settings(database.ConnectionString) is { } settings
        ? $"database \"{settings.InitialCatalog}\" on {settings.DataSource}"
        : "the chat database";

    public static Refusal Locked(ChatDatabase database) =>
        SqlServerConnection.Settings(database.ConnectionString) is { } settings
            ? Explain(1222, 16, settings.DataSource, settings.InitialCatalog, null)
            : Explain(1222, 16, "the server", "", null);

    /// <summary>A failure while a connection is opened; it may be one of its encryption, or an exhausted pool.</summary>
    public static Refusal ExplainOpening(Exception failure, ChatDatabase database)
    {
        if (SqlServerConnection.Settings(database.ConnectionString) is not { } settings) return Explain(failure, database);
        return failure switch
        {
            SqlException error => SqlServerEncryption.Explain(error, settings),
            InvalidOperationException when Recognises(failure) => Unavailable(
                "too-many-connections", $"All {settings.MaxPoolSize} connections to {Place(database)} are in use; raise Max Pool Size in the connection string, or try again later."),
            _ => null,
        } ?? Explain(failure, database);
    }

    /// <summary>What the driver refuses of a bulk insert before it is sent. Its own sentence would show the value.</summary>
    public static Refusal ExplainInsert(InvalidOperationException failure, string table, ChatDatabase database) => failure.InnerException switch
    {
        null => new Refusal("schema-changed", $"Table {table} of {Place(database)} lacks a column that is to be written; scan again.", RefusalKind.Stale),
        InvalidOperationException => Refused(table, database, "a value is longer than its column"),
        var cause => Refused(table, database, $"a value is not of its column's type ({cause.GetType().Name})"),
    };

    public static Refusal Explain(Exception failure, ChatDatabase database)
    {
        if (failure is ChatDatabaseException known) return known.Refusal;
        if (IsParserFault(failure)) failure = new IOException("The answer ended within a value.", failure);
        if (SqlServerConnection.Settings(database.ConnectionString) is not { } settings || SqlServerConnection.IsUnreadable(failure))
            return new Refusal(
                "connection-string",
                $"The connection string of the {(database.IsLegacy ? "legacy" : "new")} pool cannot be read; correct it (Server=…;Database=…;User ID=… or Integrated Security=true).");
        var (server, name) = (settings.DataSource, settings.InitialCatalog);
        var login = settings.IntegratedSecurity ? Environment.UserName : settings.UserID;
        return failure switch
        {
            SqlException error when FailureChain.Find<SocketException>(error) is { SocketErrorCode: not (SocketError.Success or SocketError.SocketError) } refused => Unreachable(refused.SocketErrorCode, server),
            // Without a number, and without the id that every connection gets once it stands: nothing answered.
            SqlException { Number: 0 } error when error.ClientConnectionId == Guid.Empty => Unreachable(SocketError.ConnectionRefused, server),
            SqlException error => Explain(error.Number, error.Class, server, name, login),
            SocketException error => Unreachable(error.SocketErrorCode, server),
            TimeoutException => Unavailable("timeout", $"The server {server} did not answer in time for database \"{name}\"; see whether it is overloaded, then try again."),
            // The driver says so of a connection that it closed itself; whoever opens or inserts tells its other meanings apart.
            InvalidOperationException => Explain(10054, 0, server, name, login),
            _ => Unavailable("connection-lost", $"The connection to database \"{name}\" on {server} was lost or could not be made; see whether the server runs, then try again."),
        };
    }

    /// <summary>By the server's message number, which is the same in every language and version.</summary>
    public static Refusal Explain(int number, byte severity, string server, string database, string? login) => number switch
    {
        18452 or 18456 or 18461 or 18470 or 18486 or 18487 or 18488 => new Refusal(
            "login-refused", $"The server {server} refuses the login \"{login}\" ({number}); correct User ID and Password, or let the server admit it."),
        911 or 4060 => new Refusal("no-database", $"The server {server} has no database \"{database}\", or the login \"{login}\" may not enter it; correct Database, or grant access."),
        229 or 230 or 262 or 297 or 300 or 916 or 1088 => new Refusal(
            "no-rights", $"The login \"{login}\" lacks a right in database \"{database}\" on {server} ({number}); grant it."),
        3906 or 3908 or 978 => new Refusal("read-only", $"Database \"{database}\" on {server} admits no writing now ({number}); connect to the primary server, or make it writable."),
        1101 or 1105 or 5149 or 9002 => new Refusal("disk-full", $"A disk or the log of {server} is full, so database \"{database}\" takes nothing more; make room, then resume: what was copied stays."),
        1205 or 1222 or 3960 => Unavailable("locked", $"Somebody else holds a lock in database \"{database}\" on {server}; try again."),
        1204 or 701 or 802 or 8645 or 8651 or 10928 or 10929 or 40501 => Unavailable("server-busy", $"The server {server} has no resources left for this ({number}); try again later."),
        17809 or 17300 => Unavailable("too-many-connections", $"The server {server} has no free connection; try again later."),
        -2 or 258 => Unavailable("timeout", $"A statement in database \"{database}\" on {server} took too long; raise the time limit or try again."),
        596 or 6005 or 17142 or 18401 or 18451 or 921 or 922 or 923 or 927 or 983 or 40197 or 40613 => Unavailable(
            "server-going", $"The server {server} is stopping, starting or recovering ({number}); try again when it is up."),
        942 or 945 or 926 => new Refusal("database-offline", $"Database \"{database}\" on {server} is offline or suspect ({number}); bring it online first."),
        207 or 208 or 4121 => new Refusal("schema-changed", $"Database \"{database}\" on {server} lacks something that was there when it was examined ({number}); scan again.", RefusalKind.Stale),
        2601 or 2627 => new Refusal("row-exists", $"A row that was to be written exists in database \"{database}\" on {server} ({number}); scan again.", RefusalKind.Conflict),
        515 or 544 or 547 or 2628 or 8152 or 4815 or 4863 => new Refusal(
            "row-refused", $"Database \"{database}\" on {server} refuses a row ({number}); compare its schema with the documented one."),
        823 or 824 or 825 => new Refusal("database-damaged", $"Database \"{database}\" on {server} is damaged ({number}); have it checked and restored first."),
        11001 or 53 => Unavailable("server-unknown", $"There is no server {server} to be reached; correct Server in the connection string or the name service."),
        2 or 26 or 40 or 10061 => Unavailable("server-unreachable", $"No SQL Server answers on {server}; start it, or correct Server in the connection string."),
        -1 or 0 or 64 or 121 or 233 or 10053 or 10054 or 10060 => Unavailable(
            "connection-lost", $"The connection to database \"{database}\" on {server} was lost or could not be made; see whether the server runs, then try again."),
        _ when severity >= FatalClass => Unavailable("connection-lost", $"The server {server} ended the connection to database \"{database}\" ({number}); see its log, then try again."),
        _ => new Refusal("database-error", $"Database \"{database}\" on {server} answered with error {number}; see the server's log."),
    };

    // An answer that is cut within a value ends in whatever the driver's parser stumbles over: an index out of range in 7.1.
    private static bool IsParserFault(Exception failure) => failure is ArgumentException or NullReferenceException or IndexOutOfRangeException
        && new StackTrace(failure).GetFrames().Any(x => x.GetMethod()?.DeclaringType is { } type && type.Assembly == typeof(SqlConnection).Assembly && type.Name.StartsWith("TdsParser", StringComparison.Ordinal));

    private static Refusal Refused(string table, ChatDatabase database, string cause) => new(
        "row-refused", $"A row for {table} of {Place(database)} was refused before it was sent: {cause}; compare its schema with the documented one.");

    private static Refusal Unreachable(SocketError error, string server) => error is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
        ? Explain(11001, 0, server, "", null)
        : Explain(error is SocketError.ConnectionRefused or SocketError.AddressNotAvailable ? 10061 : 10054, 0, server, "", null);

    private static Refusal Unavailable(string code, string message) => new(code, message, RefusalKind.Unavailable);
}
