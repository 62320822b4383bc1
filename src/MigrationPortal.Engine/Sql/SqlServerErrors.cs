using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace MigrationPortal.Engine.Sql;

/// <summary>What went wrong on SQL Server, in a sentence that names server, database, login and remedy.</summary>
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

    public static Wording Place(ChatDatabase database) => SqlServerConnection.Settings(database.ConnectionString) is { } settings
        ? new("Database.On", settings.InitialCatalog, settings.DataSource)
        : new("Database.Unknown");

    public static Refusal Locked(ChatDatabase database) =>
        SqlServerConnection.Settings(database.ConnectionString) is { } settings
            ? Explain(1222, 16, settings.DataSource, settings.InitialCatalog, null)
            : Explain(1222, 16, "?", "?", null);

    /// <summary>A failure while a connection is opened; it may be one of its encryption, or an exhausted pool.</summary>
    public static Refusal ExplainOpening(Exception failure, ChatDatabase database)
    {
        if (SqlServerConnection.Settings(database.ConnectionString) is not { } settings) return Explain(failure, database);
        return failure switch
        {
            SqlException error => SqlServerEncryption.Explain(error, settings),
            InvalidOperationException when Recognises(failure) => Unavailable(
                "too-many-connections.pool", settings.MaxPoolSize, Place(database)),
            _ => null,
        } ?? Explain(failure, database);
    }

    /// <summary>What the driver refuses of a bulk insert before it is sent. Its own sentence would show the value.</summary>
    /// <param name="isOfAValue">Whether it came as far as the values of a row.</param>
    public static Refusal ExplainInsert(InvalidOperationException failure, string table, ChatDatabase database, bool isOfAValue) => failure.InnerException switch
    {
        null when isOfAValue => new Refusal("row-refused.null", RefusalKind.Invalid, table, Place(database)),
        null => new Refusal("schema-changed.table", RefusalKind.Stale, table, Place(database)),
        InvalidOperationException => new Refusal("row-refused.too-long", RefusalKind.Invalid, table, Place(database)),
        var cause => new Refusal("row-refused.type", RefusalKind.Invalid, table, Place(database), cause.GetType().Name),
    };

    public static Refusal Explain(Exception failure, ChatDatabase database)
    {
        if (failure is ChatDatabaseException known) return known.Refusal;
        if (IsParserFault(failure)) failure = new IOException("The answer ended within a value.", failure);
        if (SqlServerConnection.Settings(database.ConnectionString) is not { } settings || SqlServerConnection.IsUnreadable(failure))
            return new Refusal("connection-string.sql-server", RefusalKind.Invalid, database.Side);
        var (server, name) = (settings.DataSource, settings.InitialCatalog);
        var login = settings.IntegratedSecurity ? Environment.UserName : settings.UserID;
        return failure switch
        {
            SqlException error when FailureChain.Find<SocketException>(error) is { SocketErrorCode: not (SocketError.Success or SocketError.SocketError) } refused => Unreachable(refused.SocketErrorCode, server),
            // Without a number, and without the id that every connection gets once it stands: nothing answered.
            SqlException { Number: 0 } error when error.ClientConnectionId == Guid.Empty => Unreachable(SocketError.ConnectionRefused, server),
            SqlException error => Explain(error.Number, error.Class, server, name, login),
            SocketException error => Unreachable(error.SocketErrorCode, server),
            TimeoutException => Unavailable("timeout.answer", server, name),
            // The driver says so of a connection that it closed itself; whoever opens or inserts tells its other meanings apart.
            InvalidOperationException => Explain(10054, 0, server, name, login),
            _ => Unavailable("connection-lost", name, server),
        };
    }

    /// <summary>By the server's message number, which is the same in every language and version.</summary>
    public static Refusal Explain(int number, byte severity, string server, string database, string? login) => number switch
    {
        18452 or 18456 or 18461 or 18470 or 18486 or 18487 or 18488 => Refused("login-refused.sql-server", server, login, $"{number}"),
        911 or 4060 => Refused("no-database.sql-server", server, database, login),
        229 or 230 or 262 or 297 or 300 or 916 or 1088 => Refused("no-rights", database, server, login, $"{number}"),
        3906 or 3908 or 978 => Refused("read-only", database, server, $"{number}"),
        1101 or 1105 or 5149 or 9002 => Refused("disk-full", database, server),
        1205 or 1222 or 3960 => Unavailable("locked", database, server),
        1204 or 701 or 802 or 8645 or 8651 or 10928 or 10929 or 40501 => Unavailable("server-busy", server, $"{number}"),
        17809 or 17300 => Unavailable("too-many-connections.sql-server", server),
        -2 or 258 => Unavailable("timeout.statement", database, server),
        596 or 6005 or 17142 or 18401 or 18451 or 921 or 922 or 923 or 927 or 983 or 40197 or 40613 => Unavailable("server-going", server, $"{number}"),
        942 or 945 or 926 => Refused("database-offline", database, server, $"{number}"),
        207 or 208 or 4121 => new Refusal("schema-changed.database", RefusalKind.Stale, database, server, $"{number}"),
        2601 or 2627 => new Refusal("row-exists", RefusalKind.Conflict, database, server, $"{number}"),
        515 or 544 or 547 or 2628 or 8152 or 4815 or 4863 => Refused("row-refused", database, server, $"{number}"),
        823 or 824 or 825 => Refused("database-damaged", database, server, $"{number}"),
        11001 or 53 => Unavailable("server-unknown.sql-server", server),
        2 or 26 or 40 or 10061 => Unavailable("server-unreachable.sql-server", server),
        -1 or 0 or 64 or 121 or 233 or 10053 or 10054 or 10060 => Unavailable("connection-lost", database, server),
        _ when severity >= FatalClass => Unavailable("connection-lost.ended", database, server, $"{number}"),
        _ => Refused("database-error", database, server, $"{number}"),
    };

    // An answer that is cut within a value ends in whatever the driver's parser stumbles over: an index out of range in 7.1.
    private static bool IsParserFault(Exception failure) => failure is ArgumentException or NullReferenceException or IndexOutOfRangeException
        && new StackTrace(failure).GetFrames().Any(x => x.GetMethod()?.DeclaringType is { } type && type.Assembly == typeof(SqlConnection).Assembly && type.Name.StartsWith("TdsParser", StringComparison.Ordinal));

    private static Refusal Unreachable(SocketError error, string server) => error is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
        ? Explain(11001, 0, server, "", null)
        : Explain(error is SocketError.ConnectionRefused or SocketError.AddressNotAvailable ? 10061 : 10054, 0, server, "", null);

    private static Refusal Refused(string key, params ReadOnlySpan<object?> args) => new(key, RefusalKind.Invalid, args);

    private static Refusal Unavailable(string key, params ReadOnlySpan<object?> args) => new(key, RefusalKind.Unavailable, args);
}
