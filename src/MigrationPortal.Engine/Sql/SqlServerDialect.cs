using System.Data;
using System.Data.Common;
using System.Globalization;

namespace MigrationPortal.Engine.Sql;

/// <summary>Chat databases where their products keep them. Every statement is one that SQL Server 2008 accepts.</summary>
internal sealed class SqlServerDialect(ISqlServerDriver driver) : SqlDialect
{
    // Application locks are per database, so one fixed name is the lock of one new pool.
    private const string RunLockName = "MigrationPortal.Run";
    private const string WriterLockName = "MigrationPortal.Writer.";
    private const int LockWaitMilliseconds = 20_000;

    /// <summary>SQL Server trades about 5 000 row locks of one statement for a lock on the whole table, which every other room would wait for.</summary>
    internal const int RowsPerStatement = 4_000;

    /// <summary>Exchanged only by tests, which speak the same statements to another server.</summary>
    public static SqlServerDialect Instance { get; set; } = new(new SqlClientDriver());

    public override Task<Outcome<WritingSession>> OpenForWritingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        GuardAsync<WritingSession>(database, async () => await ConnectForWritingAsync(database, cancellationToken), cancellationToken);

    public override Task<Outcome<RunLock>> AcquireRunLockAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        GuardAsync<RunLock>(database, async () =>
        {
            var session = await ConnectForWritingAsync(database, cancellationToken);
            if (await LockAsync(session, RunLockName, 0, cancellationToken)) return new RunLock(session, HoldsRunLockAsync);
            await session.DisposeAsync();
            return new Refusal(RunLock.InProgress, RefusalKind.Conflict, SqlServerErrors.Place(database));
        }, cancellationToken);

    internal override async Task LockWriterAsync(WritingSession session, int number, CancellationToken cancellationToken)
    {
        var name = WriterLockName + number.ToString(CultureInfo.InvariantCulture);
        if (!await LockAsync(session, name, LockWaitMilliseconds, cancellationToken))
            throw new ChatDatabaseException(SqlServerErrors.Locked(session.Database));
    }

    public override Refusal Explain(Exception failure, ChatDatabase database) => SqlServerErrors.Explain(failure, database);

    public override bool IsTransient(Exception failure) => SqlServerErrors.IsTransient(failure);

    internal override bool Recognises(Exception failure) => SqlServerErrors.Recognises(failure);

    internal override string Waits => """
        select r.session_id, r.total_elapsed_time, case when r.command like 'COMMIT%' or r.wait_type = 'WRITELOG' then 1 else 0 end,
            b.session_id, b.program_name, b.login_name, cast(datediff(second, b.last_request_start_time, getdate()) as bigint) * 1000,
            object_name(p.object_id)
        from sys.dm_exec_requests r
        join sys.dm_exec_sessions s on s.session_id = r.session_id
        left join sys.dm_exec_sessions b on b.session_id = nullif(r.blocking_session_id, 0)
        left join sys.dm_tran_locks l on l.request_session_id = r.session_id and l.request_status = 'WAIT'
        left join sys.partitions p on p.hobt_id = l.resource_associated_entity_id
        where s.program_name = 'MigrationPortal' and r.database_id = db_id() and r.session_id <> @@spid
        order by case when b.session_id is null then 1 else 0 end, r.total_elapsed_time desc
        """;

    internal override Task<IReadOnlyList<CatalogColumn>> ReadCatalogAsync(ChatSession session, CancellationToken cancellationToken) =>
        SqlServerCatalog.ReadAsync(session, cancellationToken);

    internal override Task<IReadOnlyList<TableRight>> ListRightsAsync(ChatSession session, CancellationToken cancellationToken) =>
        SqlServerCatalog.ListRightsAsync(session, cancellationToken);

    /// <summary>Inserting explicit numbers sets IDENTITY_INSERT, which takes ALTER.</summary>
    internal override string IdentityRight => "ALTER";

    internal override LoginStatements Logins { get; } = new SqlServerLogins();

    internal override IEnumerable<ConnectionWarning> WarningsOn(ChatDatabase database) => SqlServerConnection.WarningsOn(database);

    internal override int PageRows => RowsPerStatement;

    internal override string Quote(string name) => $"[{name}]";

    internal override string Count(string what = "*") => $"count_big({what})";

    internal override string Lower(string column) => $"lower({column} collate Latin1_General_BIN2)";

    internal override async Task<bool> IsUniqueAsync(ChatSession session, string table, string column, CancellationToken cancellationToken) =>
        await ChatSession.ScalarAsync<long>(session.Command($"""
            select count_big(*) from sys.indexes i
            join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id and k.key_ordinal = 1
            join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
            where i.object_id = object_id(@table) and i.is_unique = 1 and {Lower("c.name")} = {Lower("@column")}
                and not exists (select 1 from sys.index_columns o where o.object_id = i.object_id and o.index_id = i.index_id and o.key_ordinal > 1)
            """, ("table", table), ("column", column)), cancellationToken) > 0;

    internal override string Length(string column) => $"datalength({column}) / 2";

    // Compared unit by unit: any other collation passes over U+0000, and over halves of pairs.
    internal override string HasUnitsOutsideUtf8(string column)
    {
        var text = $"cast({column} as nvarchar(max)) collate Latin1_General_BIN2";
        const string High = "nchar(55296) + N'-' + nchar(56319)";
        const string Low = "nchar(56320) + N'-' + nchar(57343)";
        return $"({text} like N'%' + nchar(0) + N'%' or {text} like N'%[' + {High} + N'][^' + {Low} + N']%' or {text} like N'%[' + {High} + N']' "
            + $"or {text} like N'[' + {Low} + N']%' or {text} like N'%[^' + {High} + N'][' + {Low} + N']%')";
    }

    internal override string First(int take, string select) => string.Create(CultureInfo.InvariantCulture, $"select top ({take}) {select}");

    public override string NameKey(string name) => SqlServerNames.Key(name);

    public override DatabasePlace? FindPlace(string connectionString) => SqlServerConnection.Place(connectionString);

    /// <summary>Nothing to do: an explicit number above all others moves the column's generator by itself.</summary>
    internal override Task AdvanceIdentityAsync(
        WritingSession session, string table, string column, int value, CancellationToken cancellationToken) => Task.CompletedTask;

    internal override Task<MessageSource> OpenMessagesAsync(
        ChatSession session, int nodeId, MessageRange range, CancellationToken cancellationToken) =>
        Task.FromResult<MessageSource>(new SqlServerMessageSource(session, nodeId, range));

    internal override Task<MessageSink> OpenMessageSinkAsync(WritingSession session, int nodeId, CancellationToken cancellationToken) =>
        Task.FromResult<MessageSink>(new SqlServerMessageSink(session, driver, nodeId));

    internal override async Task InsertAsync(
        WritingSession session, string table, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var found = await session.ColumnsOfAsync(table, cancellationToken);
        await using var reader = new RowsReader(found.Rename(columns), rows);
        await driver.BulkInsertAsync(session, table, found.HasIdentity, reader, cancellationToken);
    }

    internal override async Task<StagedValues> StageAsync(ChatSession session, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        if (values.Count <= ValueLists.Most) return new StagedValues(ValueLists.In(values));
        SqlColumn[] columns = [new("value", values[0] is Guid ? SqlType.Guid : SqlType.Int)];
        return new StagedValues($"in (select value from {await StageAsync(session, columns, "value", values.Select(x => new object?[] { x }), cancellationToken)})");
    }

    internal override async Task<StagedValues> StageAsync(ChatSession session, IReadOnlyDictionary<int, long> pairs, CancellationToken cancellationToken)
    {
        if (pairs.Count <= ValueLists.Most) return new StagedValues(ValueLists.Pairs(pairs));
        SqlColumn[] columns = [new("node", SqlType.Int), new("last", SqlType.BigInt)];
        return new StagedValues($"{await StageAsync(session, columns, "node", pairs.Select(x => new object?[] { x.Key, x.Value }), cancellationToken)} as pairs");
    }

    internal override Task<string> StageAsync(
        WritingSession session, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        StageAsync(session, columns, null, rows, cancellationToken);

    /// <summary>Cast, since collations take case, width and trailing blanks for nothing.</summary>
    internal override string SameText(string one, string other) =>
        $"cast(cast({one} as nvarchar(max)) as varbinary(max)) = cast(cast({other} as nvarchar(max)) as varbinary(max))";

    // By way of a variable: a table with triggers gives no OUTPUT to its client.
    internal override string RemoveMessagesSql => """
        declare @gone table (chatId bigint, chatDate bigint, userId int, isAlert bit, content nvarchar(max));
        delete from tblChat
        output deleted.chatId, deleted.chatDate, deleted.userId, deleted.isAlert, deleted.content into @gone
        where channelId = @node and chatId between @first and @last;
        select chatId, chatDate, userId, isAlert, content from @gone order by chatId
        """;

    internal override async Task<long> ChangeAsync(DbCommand command, CancellationToken cancellationToken)
    {
        // The driver's count is missing under "set nocount on" and includes what triggers change; a trigger may also answer before.
        command.CommandText += ";\nselect cast(@@rowcount as bigint)";
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var changed = 0L;
            do
            {
                while (await reader.ReadAsync(cancellationToken))
                    if (reader is { FieldCount: 1 } && reader.GetFieldType(0) == typeof(long)) changed = reader.GetInt64(0);
            }
            while (await reader.NextResultAsync(cancellationToken));
            return changed;
        }
    }

    private protected override string VisibleTablesSql => SqlServerCatalog.TablesSql;

    private protected override Task<DbConnection> ConnectForReadingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        ConnectAsync(database, isPooled: true, cancellationToken);

    private protected override async Task BeginReadingAsync(ChatSession session, CancellationToken cancellationToken)
    {
        await ExecuteSettingAsync(session, LockTimeout, cancellationToken);
        // Only where it is allowed already; nothing is ever altered. Elsewhere each statement sees what is committed.
        var state = await ChatSession.ScalarAsync<byte>(
            session.Command("select snapshot_isolation_state from sys.databases where database_id = db_id()"), cancellationToken);
        if (state == 1) await session.BeginAsync(IsolationLevel.Snapshot, cancellationToken);
    }

    private protected override void ForgetIdle(DbConnection connection) => driver.ForgetIdle(connection);

    // In tempdb and seen by this connection alone: nothing of the chat database is written.
    private async Task<string> StageAsync(
        ChatSession session, IReadOnlyList<SqlColumn> columns, string? key, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var table = session.NextStagedTable("#");
        var definitions = columns.Select(x => $"{x.Name} {TypeOf(x.Type)} {(x.Name == key ? "not null primary key" : "null")}");
        await ExecuteSettingAsync(session, $"create table {table} ({string.Join(", ", definitions)})", cancellationToken);
        await using var reader = new RowsReader(columns, rows);
        await driver.BulkInsertAsync(session, table, keepsIdentity: false, reader, cancellationToken);
        return table;
    }

    private static string TypeOf(SqlType type) => type switch
    {
        SqlType.Int => "int",
        SqlType.SmallInt => "smallint",
        SqlType.BigInt => "bigint",
        SqlType.Bit => "bit",
        SqlType.Guid => "uniqueidentifier",
        SqlType.DateTime => "datetime",
        _ => "nvarchar(max)",
    };

    private static string LockTimeout => string.Create(CultureInfo.InvariantCulture, $"set lock_timeout {LockWaitMilliseconds}");

    private async Task<WritingSession> ConnectForWritingAsync(ChatDatabase database, CancellationToken cancellationToken)
    {
        var session = new WritingSession(await ConnectAsync(database, isPooled: false, cancellationToken), this, database);
        try
        {
            // A failed statement takes its whole transaction with it, so that a page is never written in part.
            await ExecuteSettingAsync(session, $"set xact_abort on; {LockTimeout}", cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task<DbConnection> ConnectAsync(ChatDatabase database, bool isPooled, CancellationToken cancellationToken)
    {
        try
        {
            return await driver.OpenAsync(SqlServerConnection.Text(database, isPooled), cancellationToken);
        }
        // The driver complains of a connection string as of an argument; nothing else here takes arguments.
        catch (Exception failure) when (SqlServerConnection.IsUnreadable(failure) || (SqlServerErrors.Recognises(failure) && !cancellationToken.IsCancellationRequested))
        {
            throw new ChatDatabaseException(SqlServerErrors.ExplainOpening(failure, database), failure);
        }
    }

    private static async Task<bool> LockAsync(WritingSession session, string name, int wait, CancellationToken cancellationToken) =>
        await ChatSession.ScalarAsync<int>(
            session.Command(
                """
                declare @result int;
                exec @result = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = @wait;
                select @result
                """,
                ("name", name), ("wait", wait)),
            cancellationToken) >= 0;

    private static async Task<bool> HoldsRunLockAsync(ChatSession session, CancellationToken cancellationToken) =>
        await ChatSession.ScalarAsync<string>(
            session.Command("select applock_mode('public', @name, 'Session')", ("name", RunLockName)), cancellationToken) == "Exclusive";
}
