namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Everything that differs between the database servers that can hold a chat database. The statements themselves are shared: they use
/// the documented names, unquoted, and what both servers understand.
/// </summary>
public abstract class SqlDialect
{
    public static SqlDialect For(SqlProvider provider) => provider switch
    {
        SqlProvider.PostgreSql => PostgreSqlDialect.Instance,
        SqlProvider.SqlServer => SqlServerDialect.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "There is no such provider."),
    };

    /// <summary>Opens one repeatable-read snapshot in which the server itself refuses every write.</summary>
    public abstract Task<Outcome<ChatSession>> OpenForReadingAsync(ChatDatabase database, CancellationToken cancellationToken);

    /// <summary>Opens a connection whose caller begins and commits the transactions.</summary>
    public abstract Task<Outcome<ChatSession>> OpenForWritingAsync(ChatDatabase database, CancellationToken cancellationToken);

    /// <summary>The one lock of a new pool's database that a run holds from Prepare to its last room; it dies with its connection.</summary>
    public abstract Task<Outcome<RunLock>> AcquireRunLockAsync(ChatDatabase database, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until this connection is the only one that writes the thing with that number (a node id; 0 for everything but messages).
    /// The server of a killed process may still be committing for it: whoever resumes must not read before that is over.
    /// </summary>
    internal abstract Task LockWriterAsync(ChatSession session, int number, CancellationToken cancellationToken);

    /// <summary>Turns a failure of <paramref name="database"/> into one sentence that names the thing and the remedy.</summary>
    public abstract Refusal Explain(Exception failure, ChatDatabase database);

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public abstract bool IsTransient(Exception failure);

    /// <summary>Whether a failure comes from the database or the way to it; anything else is a bug and travels on.</summary>
    internal abstract bool Recognises(Exception failure);

    internal abstract Task<IReadOnlyList<CatalogColumn>> ReadCatalogAsync(ChatSession session, CancellationToken cancellationToken);

    /// <summary>Names of the tables in <paramref name="tables"/> that the session's login may change.</summary>
    internal abstract Task<IReadOnlyList<string>> ListWritableAsync(
        ChatSession session, IReadOnlyCollection<string> tables, CancellationToken cancellationToken);

    /// <summary>A reserved word as a column name.</summary>
    internal abstract string Quote(string name);

    /// <summary>Condition that <paramref name="column"/> is one of the values of the array parameter.</summary>
    internal abstract string AnyOf(string column, string parameter);

    /// <summary>A table of (node, last) pairs from two array parameters, to be put into a FROM clause.</summary>
    internal abstract string NodeAndChatIdPairs(string nodesParameter, string lastsParameter);

    /// <summary>Sets the next value of an identity column's generator above <paramref name="value"/>.</summary>
    internal abstract Task AdvanceIdentityAsync(
        ChatSession session, string table, string column, int value, CancellationToken cancellationToken);

    internal abstract Task<MessageSource> OpenMessagesAsync(
        ChatSession session, int nodeId, long? after, CancellationToken cancellationToken);

    /// <summary>Begins one bulk insert of messages into a room; rtf stays NULL.</summary>
    internal abstract Task<MessageSink> OpenMessageSinkAsync(ChatSession session, int nodeId, CancellationToken cancellationToken);

    internal abstract Task InsertAsync(
        ChatSession session, string table, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> and answers a refusal where the database fails it.</summary>
    internal async Task<Outcome<T>> GuardAsync<T>(ChatDatabase database, Func<Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (ChatDatabaseException failure)
        {
            return failure.Refusal;
        }
        catch (Exception failure) when (Recognises(failure))
        {
            // A driver may report its own words for a cancelled call; the caller asked for it and gets it.
            cancellationToken.ThrowIfCancellationRequested();
            return Explain(failure, database);
        }
    }
}

/// <summary>A column as the server's catalog describes it.</summary>
internal sealed record CatalogColumn(string Table, string Column, bool IsNullable, bool HasDefault, bool IsIdentity);

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
