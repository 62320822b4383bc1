using System.Net.Sockets;
using Npgsql;

namespace MigrationPortal.Data;

/// <summary>Tells a server that is away, stopping or overloaded from a mistake: only the first passes by itself.</summary>
internal static class Outage
{
    /// <summary>
    /// EF wraps what the driver throws in DbUpdateException, and in InvalidOperationException where a strategy retries: the cause counts.
    /// </summary>
    public static bool Is(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (IsCause(failure))
                return true;
            if (failure is AggregateException many)
                return many.InnerExceptions.Any(Is);
        }

        return false;
    }

    /// <summary>
    /// The same, of the portal's own database. What chat databases and file stores answer is a refusal before it gets to a page or a request, but a
    /// file may still fail.
    /// </summary>
    public static bool IsOfPortal(Exception? failure)
    {
        if (!Is(failure))
            return false;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException or { Source: "Npgsql" })
                return true;
        }

        return false;
    }

    private static bool IsCause(Exception failure) => failure switch
    {
        // 08 connection, 40 rolled back, 53 resources, 57 operator intervention; 55000 the database admits nobody, 55P03 lock not given;
        // 25P03 and 25P04 a transaction that the server ended for its age.
        // Rows that a column does not take, which the server calls a violation of the protocol.
        PostgresException { SqlState: "08P01" } => false,
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" || state is "55000" or "55P03" or "25P03" or "25P04",
        NpgsqlException or SocketException or TimeoutException or IOException => true,
        // A connection that broke between two uses: "Connection is not open", "Cannot access a disposed object".
        InvalidOperationException { Source: "Npgsql" } => true,
        _ => false,
    };
}
