using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace MigrationPortal.Tests.Shared.Servers;

[SuppressMessage("Security", "CA2100", Justification = "The text is the engine's own, translated.")]
internal sealed class TranslatedConnection(NpgsqlConnection inner, bool allowsSnapshot) : DbConnection
{
    public NpgsqlConnection Inner { get; } = inner;

    public bool AllowsSnapshot { get; } = allowsSnapshot;

    [AllowNull]
    public override string ConnectionString { get => Inner.ConnectionString; set => throw new NotSupportedException(); }
    public override string Database => Inner.Database;
    public override string DataSource => Inner.DataSource;
    public override string ServerVersion => Inner.ServerVersion;
    public override ConnectionState State => Inner.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close() => Inner.Close();

    public override void Open() => Inner.Open();

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => Inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new TranslatedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) Inner.Dispose();
        base.Dispose(disposing);
    }
}

[SuppressMessage("Security", "CA2100", Justification = "The text is the engine's own, translated.")]
internal sealed class TranslatedCommand(TranslatedConnection connection) : DbCommand
{
    private readonly NpgsqlCommand _inner = connection.Inner.CreateCommand();
    private string _text = "";

    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set
        {
            _text = value ?? "";
            _inner.CommandText = Translation.Of(_text, connection.AllowsSnapshot);
        }
    }

    public override int CommandTimeout { get => _inner.CommandTimeout; set => _inner.CommandTimeout = value; }
    public override CommandType CommandType { get => CommandType.Text; set => throw new NotSupportedException(); }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
    protected override DbParameterCollection DbParameterCollection => _inner.Parameters;
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => _inner.Cancel();

    public override int ExecuteNonQuery() => WrittenDown().ExecuteNonQuery();

    public override object? ExecuteScalar() => WrittenDown().ExecuteScalar();

    public override void Prepare() => _inner.Prepare();

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => WrittenDown().ExecuteNonQueryAsync(cancellationToken);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => WrittenDown().ExecuteScalarAsync(cancellationToken);

    private NpgsqlCommand WrittenDown()
    {
        TranslatingDriver.WriteDown(connection.Database, _text);
        return _inner;
    }

    protected override DbParameter CreateDbParameter() => _inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => WrittenDown().ExecuteReader(behavior);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await WrittenDown().ExecuteReaderAsync(behavior, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }
}
