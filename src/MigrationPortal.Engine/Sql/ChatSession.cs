using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// One open connection to a chat database that only reads: it has no member that writes, and takes no statement that is no SELECT.
/// Its transaction, where there is one, is never committed.
/// </summary>
public class ChatSession : IAsyncDisposable
{
    internal ChatSession(DbConnection connection, SqlDialect dialect, ChatDatabase database) => (Connection, Dialect, Database) = (connection, dialect, database);

    internal DbConnection Connection { get; }

    internal DbTransaction? Transaction { get; private set; }

    internal SqlDialect Dialect { get; }

    internal ChatDatabase Database { get; }

    /// <summary>How this database spells the documented tables; set where a legacy database is opened.</summary>
    internal TableNames Tables { get; set; } = TableNames.AsDocumented;

    private int _staged;

    /// <summary>A temporary table of this connection, gone when it is closed or used again.</summary>
    internal string NextStagedTable(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}portal{++_staged}");

    private protected virtual bool Takes(string sql) => sql.StartsWith("select", StringComparison.OrdinalIgnoreCase);

    internal async Task BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken) =>
        Transaction = await Connection.BeginTransactionAsync(isolation, cancellationToken);

    /// <summary>Ends the transaction; what was not committed is rolled back, by the server if the connection is gone.</summary>
    internal async Task EndAsync()
    {
        if (Transaction is not { } transaction) return;
        Transaction = null;
        await transaction.DisposeAsync();
    }

    internal DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!Takes(sql)) throw new InvalidOperationException("A reading session takes only SELECT statements.");
        var command = Connection.CreateCommand();
        command.CommandText = Tables.In(sql, Dialect);
        command.Transaction = Transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    internal static async Task<List<T>> ListAsync<T>(DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var row in StreamAsync(command, read, cancellationToken)) rows.Add(row);
        return rows;
    }

    /// <summary>Rows where <paramref name="column"/> has one of the values; <paramref name="select"/> ends before <c>where</c>.</summary>
    /// <param name="rest">What follows the condition.</param>
    internal async Task<List<T>> ListAnyOfAsync<T>(
        string select, string column, IEnumerable<object> values, Func<DbDataReader, T> read, CancellationToken cancellationToken, string rest = "")
    {
        var wanted = values.Distinct().ToList();
        if (wanted.Count == 0) return [];
        var staged = await Dialect.StageAsync(this, wanted, cancellationToken);
        return await ListAsync(Command($"{select} where {column} {staged.Sql}{rest}", staged.Parameters), read, cancellationToken);
    }

    internal static async IAsyncEnumerable<T> StreamAsync<T>(
        DbCommand command, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (command)
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken);
            var isAtEnd = false;
            try
            {
                while (await reader.ReadAsync(cancellationToken)) yield return read(reader);
                isAtEnd = true;
            }
            finally
            {
                await ServerWait.CloseAsync(command, reader, isAtEnd);
            }
        }
    }

    internal static async Task<T?> ScalarAsync<T>(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            return await command.ExecuteScalarAsync(cancellationToken) switch
            {
                null or DBNull => default,
                T value => value,
                // The same number in another width: not every generation's types are documented.
                var other => (T)Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
            };
        }
    }

    private protected virtual ValueTask ReleaseAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await ServerWait.CloseAsync(CloseAsync);
        GC.SuppressFinalize(this);
    }

    private async ValueTask CloseAsync()
    {
        foreach (var close in (Func<ValueTask>[])[async () => await EndAsync(), ReleaseAsync, Connection.DisposeAsync])
        {
            try
            {
                await close();
            }
            catch (Exception failure) when (Dialect.Recognises(failure))
            {
                // The server ends what a lost connection began, and a call that was left to itself ends with its connection.
            }
        }
    }
}

/// <summary>A connection to a new pool's database whose caller begins and commits the transactions.</summary>
public sealed class WritingSession : ChatSession
{
    internal WritingSession(DbConnection connection, SqlDialect dialect, ChatDatabase database)
        : base(connection, dialect, database)
    {
        // The last line of defence: whoever mixes the two sides up gets an error instead of a changed source.
        if (database.IsLegacy) throw new InvalidOperationException("A legacy database is never opened for writing.");
    }

    private readonly Dictionary<string, InsertColumns> _columns = new(StringComparer.OrdinalIgnoreCase);

    private protected override bool Takes(string sql) => true;

    /// <summary>Read once: a room's pages all go into one table.</summary>
    internal async Task<InsertColumns> ColumnsOfAsync(string table, CancellationToken cancellationToken)
    {
        if (!_columns.TryGetValue(table, out var columns))
            _columns[table] = columns = await SqlServerCatalog.ReadInsertColumnsAsync(this, table, cancellationToken);
        return columns;
    }

    private protected override ValueTask ReleaseAsync() => Dialect.ReleaseAsync(this);

    internal async Task CommitAsync(CancellationToken cancellationToken)
    {
        var transaction = Transaction ?? throw new InvalidOperationException("There is no transaction to commit.");
        await transaction.CommitAsync(cancellationToken);
        await EndAsync();
    }

    internal static async Task<int> ExecuteAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
