using System.Data.Common;

namespace MigrationPortal.Engine.Sql;

/// <summary>A statement of this portal that one chat database is working on.</summary>
/// <param name="Session">Number of the session at the server.</param>
/// <param name="Seconds">Since the statement began.</param>
/// <param name="IsCommit">The server is writing a transaction to its disk.</param>
/// <param name="Blocker">Who holds the lock that it waits for; null where it waits for none.</param>
public sealed record DatabaseWait(int Session, double Seconds, bool IsCommit, BlockingSession? Blocker);

/// <param name="Program">As the session named itself; empty where it did not.</param>
/// <param name="Seconds">Since its transaction or request began.</param>
/// <param name="Table">What the lock is on, where the server tells it.</param>
public sealed record BlockingSession(int Session, string Program, string Login, double Seconds, string? Table);

/// <summary>
/// What a chat database says of the statements that this portal has running there: the cause of a stall, as far as the server shows it.
/// SQL Server shows other sessions only to a login with VIEW SERVER STATE; without it the list is empty. Statement texts are never read.
/// </summary>
public static class DatabaseWaits
{
    public static Task<Outcome<DatabaseWait[]>> ListAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        SqlDialect.ReadAsync<DatabaseWait[]>(
            database,
            async session => (await ChatSession.ListAsync(session.Command(session.Dialect.Waits), Read, cancellationToken)).ToArray(),
            cancellationToken);

    // An int of milliseconds ends after 25 days.
    internal static DatabaseWait Read(DbDataReader row) => new(
        row.Int(0),
        row.Long(1) / 1000d,
        row.Int(2) == 1,
        row.IntOrNull(3) is { } blocker ? new(blocker, row.TextOrNull(4) ?? "", row.TextOrNull(5) ?? "", (row.TryLong(6) ?? 0) / 1000d, row.TextOrNull(7)) : null);
}
