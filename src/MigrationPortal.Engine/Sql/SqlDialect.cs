using System.Data.Common;
using MigrationPortal.Engine.Legacy;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Everything that differs between the database servers that can hold a chat database. The statements themselves are shared: they use
/// the documented names, unquoted, and what PostgreSQL and SQL Server 2008 both understand.
/// </summary>
public abstract class SqlDialect
{
    public static SqlDialect For(SqlProvider provider) => provider switch
    {
        SqlProvider.PostgreSql => PostgreSqlDialect.Instance,
        SqlProvider.SqlServer => SqlServerDialect.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "There is no such provider."),
    };

    /// <summary>
    /// Opens a database to be read without holding up a live server: in one snapshot where the server has one to give (PostgreSQL
    /// always, SQL Server where it is allowed already), else each statement sees what is committed.
    /// </summary>
    public Task<Outcome<ChatSession>> OpenForReadingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        GuardAsync<ChatSession>(database, async () => await OpenReadingAsync(database, cancellationToken), cancellationToken);

    /// <summary>Reads one thing from a database and closes it again.</summary>
    internal static async Task<Outcome<T>> ReadAsync<T>(ChatDatabase database, Func<ChatSession, Task<Outcome<T>>> read, CancellationToken cancellationToken)
    {
        var dialect = For(database.Provider);
        var opened = await dialect.OpenForReadingAsync(database, cancellationToken);
        if (!opened.IsDone) return opened.Refusal;
        await using var session = opened.Value;
        return await dialect.GuardAsync(database, () => read(session), cancellationToken);
    }

    /// <summary>Opens a connection whose caller begins and commits the transactions.</summary>
    public abstract Task<Outcome<WritingSession>> OpenForWritingAsync(ChatDatabase database, CancellationToken cancellationToken);

    /// <summary>The one lock of a new pool's database that a run holds from Prepare to its last room; it dies with its connection.</summary>
    public abstract Task<Outcome<RunLock>> AcquireRunLockAsync(ChatDatabase database, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until this connection is the only one that writes the thing with that number (a node id; 0 for everything but messages).
    /// The server of a killed process may still be committing for it: whoever resumes must not read before that is over.
    /// </summary>
    internal abstract Task LockWriterAsync(WritingSession session, int number, CancellationToken cancellationToken);

    /// <summary>Turns a failure of <paramref name="database"/> into one sentence that names the thing and the remedy.</summary>
    public abstract Refusal Explain(Exception failure, ChatDatabase database);

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public abstract bool IsTransient(Exception failure);

    /// <summary>Whether a failure comes from the database or the way to it; anything else is a bug and is thrown on.</summary>
    internal abstract bool Recognises(Exception failure);

    /// <summary>See <see cref="DatabaseWaits"/>: session, milliseconds, whether it commits, and of who blocks it session, program, login, milliseconds, table.</summary>
    internal abstract string Waits { get; }

    internal abstract Task<IReadOnlyList<CatalogColumn>> ReadCatalogAsync(ChatSession session, CancellationToken cancellationToken);

    /// <summary>Whether an index of that column alone takes each value once.</summary>
    internal abstract Task<bool> IsUniqueAsync(ChatSession session, string table, string column, CancellationToken cancellationToken);

    /// <summary>What the session's login may do with the tables that an unqualified name reaches.</summary>
    internal abstract Task<IReadOnlyList<TableRight>> ListRightsAsync(ChatSession session, CancellationToken cancellationToken);

    /// <summary>The further right that writing explicit numbers into an identity column takes; null where there is none.</summary>
    internal virtual string? IdentityRight => null;

    internal abstract LoginStatements Logins { get; }

    /// <summary>What the connection string leaves unprotected.</summary>
    internal virtual IEnumerable<ConnectionWarning> WarningsOn(ChatDatabase database) => [];

    /// <summary>Runs one INSERT, UPDATE or DELETE; answers the rows that it changed itself.</summary>
    internal abstract Task<long> ChangeAsync(DbCommand command, CancellationToken cancellationToken);

    /// <summary>A reserved word as a column name.</summary>
    internal abstract string Quote(string name);

    /// <summary>A count of rows, or of a column's values, that is a bigint.</summary>
    internal abstract string Count(string what = "*");

    /// <summary>A text in lower case by the rules of English, whatever language the database speaks: in Turkish, I is not the capital of i.</summary>
    internal abstract string Lower(string column);

    /// <summary>The first rows of a SELECT that is given without its first word and has an ORDER BY.</summary>
    internal abstract string First(int take, string select);

    /// <summary>How long a text is, as this server counts: characters, or UTF-16 units.</summary>
    internal abstract string Length(string column);

    /// <summary>A condition that holds where a text has U+0000 or half a surrogate pair; null where the server holds no such text.</summary>
    internal abstract string? HasUnitsOutsideUtf8(string column);

    /// <summary>
    /// Two names with the same key are one name to this server. It may say so of two that the server tells apart, never the other
    /// way round: a name that was taken would only be found while writing (trap 4).
    /// </summary>
    public abstract string NameKey(string name);

    /// <summary>Server and database of a connection string, comparable; null where it cannot be read or names no database.</summary>
    public abstract DatabasePlace? FindPlace(string connectionString);

    /// <summary>Sets the next value of an identity column's generator above <paramref name="value"/>.</summary>
    internal abstract Task AdvanceIdentityAsync(
        WritingSession session, string table, string column, int value, CancellationToken cancellationToken);

    /// <summary>How many messages one transaction writes or removes at most.</summary>
    internal virtual int PageRows => int.MaxValue;

    internal abstract Task<MessageSource> OpenMessagesAsync(ChatSession session, int nodeId, MessageRange range, CancellationToken cancellationToken);

    /// <summary>Begins one bulk insert of messages into a room; rtf stays NULL.</summary>
    internal abstract Task<MessageSink> OpenMessageSinkAsync(WritingSession session, int nodeId, CancellationToken cancellationToken);

    /// <summary>Puts values (numbers, or guids) where a condition on a column can use them.</summary>
    internal abstract Task<StagedValues> StageAsync(ChatSession session, IReadOnlyList<object> values, CancellationToken cancellationToken);

    /// <summary>Puts nodes and chatIds where a FROM can use them as <c>pairs(node, last)</c>.</summary>
    internal abstract Task<StagedValues> StageAsync(ChatSession session, IReadOnlyDictionary<int, long> pairs, CancellationToken cancellationToken);

    /// <summary>Puts rows into a temporary table of those columns; answers its name.</summary>
    internal abstract Task<string> StageAsync(WritingSession session, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Whether two texts are the same unit by unit, whatever the column's collation takes for equal.</summary>
    internal abstract string SameText(string one, string other);

    /// <summary>Removes a room's messages from @first to @last and answers them in chatId order: chatId, chatDate, userId, isAlert, content.</summary>
    internal abstract string RemoveMessagesSql { get; }

    internal abstract Task InsertAsync(
        WritingSession session, string table, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>From the driver's pool: a run opens a reading for each of its rooms, several times.</summary>
    private protected abstract Task<DbConnection> ConnectForReadingAsync(ChatDatabase database, CancellationToken cancellationToken);

    private protected abstract Task BeginReadingAsync(ChatSession session, CancellationToken cancellationToken);

    private protected abstract void ForgetIdle(DbConnection connection);

    /// <summary>Gives back what belongs to a connection and not to a transaction, before the connection goes back to the pool.</summary>
    internal virtual ValueTask ReleaseAsync(WritingSession session) => ValueTask.CompletedTask;

    /// <summary>Lists the tables and views that an unqualified name reaches.</summary>
    private protected abstract string VisibleTablesSql { get; }

    /// <summary>Says something to the server that is no query: a setting of the connection.</summary>
    private protected static async Task ExecuteSettingAsync(ChatSession session, string sql, CancellationToken cancellationToken)
    {
        await using var command = session.Connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, session.Transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task<ChatSession> OpenReadingAsync(ChatDatabase database, CancellationToken cancellationToken) => OpenFreshAsync(
        async () => new ChatSession(await ConnectForReadingAsync(database, cancellationToken), this, database),
        async session =>
        {
            await BeginReadingAsync(session, cancellationToken);
            if (database.IsLegacy) session.Tables = await FindTablesAsync(session, cancellationToken);
        },
        cancellationToken);

    /// <summary>Opens a session and begins with it; once more where the server was restarted while its connection waited to be used again.</summary>
    private protected async Task<T> OpenFreshAsync<T>(Func<Task<T>> connect, Func<T, Task> begin, CancellationToken cancellationToken)
        where T : ChatSession
    {
        for (var mayBeStale = true; ; mayBeStale = false)
        {
            var session = await connect();
            try
            {
                await begin(session);
                return session;
            }
            catch (Exception failure)
            {
                var again = mayBeStale && !cancellationToken.IsCancellationRequested && IsTransient(failure);
                // Before it is disposed: afterwards a driver no longer knows whose pool it was.
                if (again) ForgetIdle(session.Connection);
                await session.DisposeAsync();
                if (!again) throw;
            }
        }
    }

    private async Task<TableNames> FindTablesAsync(ChatSession session, CancellationToken cancellationToken) => TableNames.Find(
        [.. GroupChatSchema.Tables.Select(x => x.Name), "tblScopedPrincipal"], await ListTablesAsync(session, cancellationToken));

    /// <summary>Names of the tables and views that an unqualified name reaches, as the server spells them.</summary>
    internal async Task<IReadOnlyList<string>> ListTablesAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ListAsync(session.Command(VisibleTablesSql), row => row.GetString(0), cancellationToken);

    /// <summary>Runs <paramref name="work"/> and answers a refusal where the database fails it.</summary>
    internal async Task<Outcome<T>> GuardAsync<T>(ChatDatabase database, Func<Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerWait.RunAsync(work, cancellationToken);
        }
        catch (Exception failure) when (failure is ChatDatabaseException || Recognises(failure))
        {
            // A driver may report its own words for a cancelled call; the caller asked for it and gets it.
            cancellationToken.ThrowIfCancellationRequested();
            return failure is ChatDatabaseException explained ? explained.Refusal : Explain(failure, database);
        }
    }
}

/// <summary>Which database a connection string leads to, whoever signs in there.</summary>
public sealed record DatabasePlace(string Server, string Database);

/// <param name="Code">Stable, of a probe's note.</param>
internal sealed record ConnectionWarning(string Code, string Setting);

/// <param name="Right"><c>SELECT</c>, <c>INSERT</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>ALTER</c>.</param>
public sealed record TableRight(string Table, string Right);

/// <summary>A column as the server's catalog describes it.</summary>
/// <param name="Width">Characters that a text column holds; null where it is no text or holds any.</param>
internal sealed record CatalogColumn(string Table, string Column, bool IsNullable, bool HasDefault, bool IsIdentity, int? Width = null);

internal enum SqlType
{
    Int,
    SmallInt,
    BigInt,
    Bit,
    Guid,
    Text,
    DateTime,
}

internal sealed record SqlColumn(string Name, SqlType Type);
