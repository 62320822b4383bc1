using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace MigrationPortal.Engine.Sql;

/// <summary>What the dialect needs of a driver; the only place where SqlClient's own types are used to talk to a server.</summary>
internal interface ISqlServerDriver
{
    Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken);

    /// <summary>Closes the idle connections of its pool: the server closed one of them.</summary>
    void ForgetIdle(DbConnection connection);

    /// <param name="keepsIdentity">Whether the table numbers its rows itself and is told their numbers instead.</param>
    Task BulkInsertAsync(ChatSession session, string table, bool keepsIdentity, RowsReader rows, CancellationToken cancellationToken);
}

internal sealed class SqlClientDriver : ISqlServerDriver
{
    public async Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void ForgetIdle(DbConnection connection) => SqlConnection.ClearPool((SqlConnection)connection);

    // As an INSERT would: keys and triggers hold, NULL stays NULL where the column has a default.
    public async Task BulkInsertAsync(ChatSession session, string table, bool keepsIdentity, RowsReader rows, CancellationToken cancellationToken)
    {
        var options = SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.FireTriggers | SqlBulkCopyOptions.KeepNulls;
        if (keepsIdentity) options |= SqlBulkCopyOptions.KeepIdentity;
        using var copy = new SqlBulkCopy((SqlConnection)session.Connection, options, (SqlTransaction?)session.Transaction)
        {
            DestinationTableName = table,
            // Has a limit of its own: a silent server would hold the run that long, whatever the connection says.
            BulkCopyTimeout = ((SqlConnection)session.Connection).CommandTimeout,
            // Statements of one transaction, each below lock escalation.
            BatchSize = SqlServerDialect.RowsPerStatement,
        };
        for (var i = 0; i < rows.FieldCount; i++) copy.ColumnMappings.Add(i, rows.GetName(i));
        try
        {
            await copy.WriteToServerAsync(rows, cancellationToken);
        }
        catch (InvalidOperationException failure) when (session.Connection.State == System.Data.ConnectionState.Open && SqlServerErrors.Recognises(failure))
        {
            throw new ChatDatabaseException(SqlServerErrors.ExplainInsert(failure, table, session.Database, rows.IsAsked), failure);
        }
    }
}
