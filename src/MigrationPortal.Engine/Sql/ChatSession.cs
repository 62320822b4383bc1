using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;

namespace MigrationPortal.Engine.Sql;

/// <summary>One open connection to a chat database, with its transaction while there is one.</summary>
public sealed class ChatSession(DbConnection connection, SqlDialect dialect, ChatDatabase database) : IAsyncDisposable
{
    internal DbConnection Connection { get; } = connection;

    internal DbTransaction? Transaction { get; private set; }

    internal SqlDialect Dialect { get; } = dialect;

    internal ChatDatabase Database { get; } = database;

    internal async Task BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken) =>
        Transaction = await Connection.BeginTransactionAsync(isolation, cancellationToken);

    internal async Task CommitAsync(CancellationToken cancellationToken)
    {
        var transaction = Transaction ?? throw new InvalidOperationException("There is no transaction to commit.");
        await transaction.CommitAsync(cancellationToken);
        await EndAsync();
    }

    /// <summary>Ends the transaction; what was not committed is rolled back, by the server if the connection is gone.</summary>
    internal async Task EndAsync()
    {
        if (Transaction is not { } transaction) return;
        Transaction = null;
        await transaction.DisposeAsync();
    }

    internal DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
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

    internal static async IAsyncEnumerable<T> StreamAsync<T>(
        DbCommand command, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) yield return read(reader);
        }
    }

    internal static async Task<int> ExecuteAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static async Task<T?> ScalarAsync<T>(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? (T)value : default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Connection.DisposeAsync();
    }
}
