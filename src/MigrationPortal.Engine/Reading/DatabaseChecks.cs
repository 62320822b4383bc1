using System.Diagnostics;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Tries a connection, right by right. Fast enough to be asked while somebody types: it counts rooms, never messages.</summary>
public static class DatabaseChecks
{
    /// <returns>A refusal only where no connection stands; everything else is part of the answer.</returns>
    public static Task<Outcome<DatabaseCheck>> CheckAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        return SqlDialect.ReadAsync<DatabaseCheck>(database, async session =>
        {
            var login = await session.Dialect.Logins.ReadAsync(session, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(begun);
            var (catalog, rights) = await SchemaProbe.ReadCatalogAsync(session, cancellationToken);
            var check = Rights(session, login, elapsed, rights);
            if (catalog.FindRefusal() is { } unfit) return check with { Unfit = unfit };
            if (catalog.Documented.Any(x => x.IsRequired && check.MissingReads.Contains(x.Name))) return check;
            var examined = await SchemaProbe.ExamineAsync(session, catalog, rights, cancellationToken);
            if (!examined.IsDone) return check with { Unfit = examined.Refusal };
            // The only column that both generations have for it; a bit here, a number there.
            var count = session.Command($"select {session.Dialect.Count()} from tblNode where cast(nodeType as int) = 0");
            return check with { Probe = examined.Value.Report, Rooms = await ChatSession.ScalarAsync<long>(count, cancellationToken) };
        }, cancellationToken);
    }

    private static DatabaseCheck Rights(ChatSession session, LoginFacts login, TimeSpan elapsed, LoginRights rights)
    {
        var (dialect, database) = (session.Dialect, session.Database);
        IReadOnlyList<string> reads = [.. rights.ListUnreadable()];
        IReadOnlyList<TableRight> writes = database.IsLegacy ? [] : [.. rights.ListMissing(dialect.IdentityRight).Where(x => x.Right != "SELECT")];
        return new DatabaseCheck
        {
            Elapsed = elapsed,
            Login = login,
            MissingReads = reads,
            Writable = rights.Writable,
            MissingWrites = writes,
            GrantReads = reads.Count == 0 ? null : dialect.Logins.Grant(login.User, reads.Select(x => new TableRight(session.Tables.ActualOf(x), "SELECT"))),
            GrantWrites = writes.Count == 0 ? null : dialect.Logins.Grant(login.User, writes.Select(x => x with { Table = session.Tables.ActualOf(x.Table) })),
            GrantWaits = login.MaySeeWaits ? null : dialect.Logins.GrantWaits(login.Login),
            CreateReader = dialect.Logins.CreateReader(dialect.FindPlace(database.ConnectionString)?.Database ?? "…"),
        };
    }
}
