namespace MigrationPortal.Engine.Sql;

/// <summary>Keeps the place of the SQL Server dialect: every door answers that this version cannot pass it yet.</summary>
internal sealed class SqlServerDialect : SqlDialect
{
    public static readonly SqlServerDialect Instance = new();

    private static readonly Refusal _notYet = new(
        "provider-not-read",
        "Chat databases on SQL Server are not read by this version yet; give a database on PostgreSQL (Provider = PostgreSql).");

    public override Task<Outcome<ChatSession>> OpenForReadingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<ChatSession>>(_notYet);

    public override Task<Outcome<ChatSession>> OpenForWritingAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<ChatSession>>(_notYet);

    public override Task<Outcome<RunLock>> AcquireRunLockAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<RunLock>>(_notYet);

    public override Refusal Explain(Exception failure, ChatDatabase database) => _notYet;

    public override bool IsTransient(Exception failure) => false;

    internal override bool Recognises(Exception failure) => false;

    internal override string Quote(string name) => $"[{name}]";

    internal override Task<IReadOnlyList<CatalogColumn>> ReadCatalogAsync(ChatSession session, CancellationToken cancellationToken) =>
        throw Unreachable();

    internal override Task<IReadOnlyList<string>> ListWritableAsync(
        ChatSession session, IReadOnlyCollection<string> tables, CancellationToken cancellationToken) => throw Unreachable();

    internal override Task LockWriterAsync(ChatSession session, int number, CancellationToken cancellationToken) => throw Unreachable();

    internal override string AnyOf(string column, string parameter) => throw Unreachable();

    internal override string NodeAndChatIdPairs(string nodesParameter, string lastsParameter) => throw Unreachable();

    internal override Task AdvanceIdentityAsync(
        ChatSession session, string table, string column, int value, CancellationToken cancellationToken) => throw Unreachable();

    internal override Task<MessageSource> OpenMessagesAsync(
        ChatSession session, int nodeId, long? after, CancellationToken cancellationToken) => throw Unreachable();

    internal override Task<MessageSink> OpenMessageSinkAsync(ChatSession session, int nodeId, CancellationToken cancellationToken) =>
        throw Unreachable();

    internal override Task InsertAsync(
        ChatSession session, string table, IReadOnlyList<SqlColumn> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        throw Unreachable();

    // No session of this dialect is ever opened, and everything else needs one.
    private static NotSupportedException Unreachable() => new(_notYet.Message);
}
