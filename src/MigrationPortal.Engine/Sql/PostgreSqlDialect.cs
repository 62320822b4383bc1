using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace MigrationPortal.Engine.Sql;

/// <summary>Chat databases on PostgreSQL: samples, tests, and pools that were moved there.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public static readonly PostgreSqlDialect Instance = new();

    // Advisory locks are per database, so one fixed key is the lock of one new pool.
    private const long RunLockKey = 0x4D69_6772_6174_6501;
    private const int WriterLockClass = 0x4D69_6772;

    public override Task<Outcome<WritingSession>> OpenForWritingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        GuardAsync<WritingSession>(
            database,
            async () => await OpenFreshAsync(
                async () => new WritingSession(await ConnectAsync(database, readOnly: false, isPooled: true, cancellationToken), this, database),
                session => ExecuteSettingAsync(session, "set lock_timeout = '20s'", cancellationToken),
                cancellationToken),
            cancellationToken);

    public override Task<Outcome<RunLock>> AcquireRunLockAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        GuardAsync<RunLock>(database, async () =>
        {
            // Its own to the end: a lock lives as long as its connection.
            var session = new WritingSession(await ConnectAsync(database, readOnly: false, isPooled: false, cancellationToken), this, database);
            if (await ChatSession.ScalarAsync<bool>(
                    session.Command("select pg_try_advisory_lock(@key)", ("key", RunLockKey)), cancellationToken))
                return new RunLock(session, HoldsRunLockAsync);
            await session.DisposeAsync();
            return new Refusal(RunLock.InProgress, RefusalKind.Conflict, PostgreSqlErrors.Place(database));
        }, cancellationToken);

    internal override Task LockWriterAsync(WritingSession session, int number, CancellationToken cancellationToken) =>
        WritingSession.ExecuteAsync(
            session.Command("select pg_advisory_lock(@class, @number)", ("class", WriterLockClass), ("number", number)), cancellationToken);

    internal override async ValueTask ReleaseAsync(WritingSession session)
    {
        try
        {
            await using var command = session.Command("select pg_advisory_unlock_all()");
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (Recognises(failure))
        {
            // A connection that cannot say this any more is no longer one, and its locks went with it.
        }
    }

    public override Refusal Explain(Exception failure, ChatDatabase database) => PostgreSqlErrors.Explain(failure, database);

    public override bool IsTransient(Exception failure) => PostgreSqlErrors.IsTransient(failure);

    internal override bool Recognises(Exception failure) => PostgreSqlErrors.Recognises(failure);

    internal override string Waits => """
        select a.pid, (extract(epoch from clock_timestamp() - a.query_start) * 1000)::bigint, case when a.query ilike 'commit%' then 1 else 0 end,
            b.pid, b.application_name, b.usename::text, (extract(epoch from clock_timestamp() - b.xact_start) * 1000)::bigint,
            (select max(c.relname::text) from pg_locks l join pg_class c on c.oid = l.relation where l.pid = a.pid and not l.granted)
        from pg_stat_activity a
        left join lateral (select * from pg_stat_activity x where x.pid = any (pg_blocking_pids(a.pid)) order by x.xact_start limit 1) b on true
        where a.datname = current_database() and a.application_name = 'MigrationPortal' and a.state = 'active' and a.pid <> pg_backend_pid()
        order by b.pid is null, a.query_start
        """;

    internal override Task<IReadOnlyList<CatalogColumn>> ReadCatalogAsync(ChatSession session, CancellationToken cancellationToken) =>
        PostgreSqlCatalog.ReadAsync(session, cancellationToken);

    internal override Task<IReadOnlyList<TableRight>> ListRightsAsync(ChatSession session, CancellationToken cancellationToken) =>
        PostgreSqlCatalog.ListRightsAsync(session, cancellationToken);

    internal override async Task<long> ChangeAsync(DbCommand command, CancellationToken cancellationToken) =>
        await WritingSession.ExecuteAsync(command, cancellationToken);

    internal override LoginStatements Logins { get; } = new PostgreSqlLogins();

    internal override string Quote(string name) => $"\"{name}\"";

    internal override string Count(string what = "*") => $"count({what})";

    internal override string Lower(string column) => $"lower({column} collate \"C\")";

    internal override async Task<bool> IsUniqueAsync(ChatSession session, string table, string column, CancellationToken cancellationToken) =>
        await ChatSession.ScalarAsync<bool>(session.Command("""
            select exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = to_regclass(@table) and i.indisunique and i.indnkeyatts = 1 and lower(a.attname) = lower(@column))
            """, ("table", table), ("column", column)), cancellationToken);

    internal override string Length(string column) => $"char_length({column})";

    internal override string? HasUnitsOutsideUtf8(string column) => null;

    internal override string First(int take, string select) => string.Create(CultureInfo.InvariantCulture, $"select {select} limit {take}");

    public override string NameKey(string name) => name.TrimEnd(' ').ToLowerInvariant();

    public override DatabasePlace? FindPlace(string connectionString) => PostgreSqlConnection.Place(connectionString);

    internal override Task AdvanceIdentityAsync(
        WritingSession session, string table, string column, int value, CancellationToken cancellationToken) =>
        WritingSession.ExecuteAsync(
            session.Command(
                "select setval(pg_get_serial_sequence(@table, @column), @value)",
                ("table", table.ToLowerInvariant()), ("column", column.ToLowerInvariant()), ("value", (long)value)),
            cancellationToken);

    internal override async Task<MessageSource> OpenMessagesAsync(
        ChatSession session, int nodeId, MessageRange range, CancellationToken cancellationToken) =>
        await PostgreSqlMessageSource.OpenAsync(session, nodeId, range, cancellationToken);

    internal override async Task<MessageSink> OpenMessageSinkAsync(WritingSession session, int nodeId, CancellationToken cancellationToken) =>
        await PostgreSqlMessageSink.OpenAsync(session, nodeId, cancellationToken);

    internal override Task<StagedValues> StageAsync(ChatSession session, IReadOnlyList<object> values, CancellationToken cancellationToken) => Task.FromResult(
        new StagedValues("= any(@values)", ("values", values[0] is Guid ? values.Cast<Guid>().ToArray() : values.Cast<int>().ToArray())));

    internal override Task<StagedValues> StageAsync(ChatSession session, IReadOnlyDictionary<int, long> pairs, CancellationToken cancellationToken) => Task.FromResult(
        new StagedValues("unnest(@nodes, @lasts) as pairs(node, last)", ("nodes", pairs.Keys.ToArray()), ("lasts", pairs.Values.ToArray())));

    internal override async Task<string> StageAsync(
        WritingSession session, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var table = session.NextStagedTable("pg_temp.");
        await ExecuteSettingAsync(session, $"create temp table {table} ({string.Join(", ", columns.Select(x => $"{x.Name} {TypeOf(x.Type)}"))}) on commit drop", cancellationToken);
        await InsertAsync(session, table, columns, rows, cancellationToken);
        await ExecuteSettingAsync(session, $"analyze {table}", cancellationToken);
        return table;
    }

    /// <summary>Its collations, but for those that are made for it, compare byte by byte.</summary>
    internal override string SameText(string one, string other) => $"{one} = {other}";

    internal override string RemoveMessagesSql => """
        with gone as (
            delete from tblChat where channelId = @node and chatId between @first and @last
            returning chatId, chatDate, userId, isAlert, content)
        select chatId, chatDate, userId, isAlert, content from gone order by chatId
        """;

    internal override Task InsertAsync(
        WritingSession session, string table, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        PostgreSqlBulkInsert.WriteAsync(session, table, columns, rows, cancellationToken);

    private static string TypeOf(SqlType type) => type switch
    {
        SqlType.Int => "integer",
        SqlType.SmallInt => "smallint",
        SqlType.BigInt => "bigint",
        SqlType.Bit => "boolean",
        SqlType.Guid => "uuid",
        SqlType.DateTime => "timestamp",
        _ => "text",
    };

    private protected override string VisibleTablesSql => """
        select c.relname from pg_class c
        where c.relkind in ('r', 'p', 'v') and pg_table_is_visible(c.oid) and c.relnamespace <> 'pg_catalog'::regnamespace
        """;

    private protected override async Task<DbConnection> ConnectForReadingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        await ConnectAsync(database, readOnly: true, isPooled: true, cancellationToken);

    private protected override async Task BeginReadingAsync(ChatSession session, CancellationToken cancellationToken)
    {
        await session.BeginAsync(IsolationLevel.RepeatableRead, cancellationToken);
        // The server itself refuses every write from here on.
        await ExecuteSettingAsync(session, "set transaction read only", cancellationToken);
    }

    private protected override void ForgetIdle(DbConnection connection) => NpgsqlConnection.ClearPool((NpgsqlConnection)connection);

    private static async Task<NpgsqlConnection> ConnectAsync(ChatDatabase database, bool readOnly, bool isPooled, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = new NpgsqlConnection(PostgreSqlConnection.Text(database, readOnly, isPooled));
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception failure)
        {
            if (connection is not null) await connection.DisposeAsync();
            // How the driver complains of a connection string; nothing else here takes arguments.
            if (failure is ArgumentException or FormatException or OverflowException or KeyNotFoundException or InvalidCastException)
                throw new ChatDatabaseException(PostgreSqlErrors.Explain(failure, database), failure);
            throw;
        }
    }

    private static Task<bool> HoldsRunLockAsync(ChatSession session, CancellationToken cancellationToken) =>
        ChatSession.ScalarAsync<bool>(
            session.Command("select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted)"),
            cancellationToken);
}
