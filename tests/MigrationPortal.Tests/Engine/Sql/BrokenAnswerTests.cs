using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Sql;

/// <summary>What SqlClient makes of a server that stops in the middle of what it says, tried with as much of a server as reading takes.</summary>
public sealed class BrokenAnswerTests
{
    // A watchdog, not a measurement: what this catches waits for the driver's own ten minutes.
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Read_WholeAnswer_IsRead()
    {
        await using var server = new TdsServer((_, statement) => Say(statement, TdsEnd.Whole));
        await using var session = await OpenAsync(server);
        await using var messages = await session.Dialect.OpenMessagesAsync(session, 10, new MessageRange(), CancellationToken.None);
        for (var i = 1; i <= 20; i++) Assert.True(await messages.NextAsync(CancellationToken.None));
        Assert.Equal((20L, "message 20"), (messages.ChatId, System.Text.Encoding.UTF8.GetString(messages.Content.Span)));
        Assert.False(await messages.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Read_SilentInTheMiddleOfAValue_StopEndsIt()
    {
        await using var server = new TdsServer((_, statement) => Say(statement, TdsEnd.Silence));
        using var stop = new CancellationTokenSource();
        var read = 0;
        var reading = SqlDialect.ReadAsync<int>(AsChat(server), async session =>
        {
            await using var messages = await session.Dialect.OpenMessagesAsync(session, 10, new MessageRange(), stop.Token);
            while (await messages.NextAsync(stop.Token))
                if (++read == 20) stop.CancelAfter(TimeSpan.FromMilliseconds(100));
            return read;
        }, stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Watchdog));
        Assert.Equal(20, read);
    }

    [Fact]
    public async Task Read_SilentInTheMiddleOfAValue_EndsByItsTimeLimitWithoutAnyStop()
    {
        await using var server = new TdsServer((_, statement) => Say(statement, TdsEnd.Silence));
        var refusal = (await ReadAllAsync(AsChat(server, "Command Timeout=2")).WaitAsync(Watchdog)).Refusal;
        Assert.Equal(RefusalKind.Unavailable, refusal?.Kind);
    }

    [Fact]
    public async Task Read_CutInTheMiddleOfAValue_IsALostConnection()
    {
        await using var server = new TdsServer((_, statement) => Say(statement, TdsEnd.Cut));
        var refusal = (await ReadAllAsync(AsChat(server)).WaitAsync(Watchdog)).Refusal;
        Assert.Equal(("connection-lost", RefusalKind.Unavailable), (refusal?.Code, refusal?.Kind));
    }

    [Fact]
    public async Task Write_SilentServer_EndsByItsTimeLimitWithoutAnyStop()
    {
        var isSilent = false;
        await using var server = new TdsServer((_, statement) =>
        {
            // What a bulk insert asks first; its rows are covered by the network that falls silent.
            if (!statement.Contains("sp_tablecollations", StringComparison.Ordinal)) return TdsAnswer.Nothing;
            Volatile.Write(ref isSilent, true);
            return new([], TdsEnd.Silence);
        });
        var refusal = (await WriteAsync(AsChat(server, "Command Timeout=2"), CancellationToken.None).WaitAsync(Watchdog)).Refusal;
        Assert.True(Volatile.Read(ref isSilent));
        Assert.Equal(RefusalKind.Unavailable, refusal?.Kind);
    }

    [Fact]
    public async Task Write_ServerThatTakesTheRows_IsDone()
    {
        await using var server = new TdsServer((_, statement) => TakeRows(statement, TdsEnd.Whole));
        Assert.Equal(3, ChatWorld.Done(await WriteAsync(AsChat(server), CancellationToken.None).WaitAsync(Watchdog)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_SilentOrCutAfterTheRows_IsUnavailableWithoutAnyStop(bool cuts)
    {
        var isSent = false;
        await using var server = new TdsServer((_, statement) =>
        {
            if (statement == TdsServer.Rows) Volatile.Write(ref isSent, true);
            return TakeRows(statement, cuts ? TdsEnd.Cut : TdsEnd.Silence);
        });
        var refusal = (await WriteAsync(AsChat(server, "Command Timeout=2"), CancellationToken.None).WaitAsync(Watchdog)).Refusal;
        Assert.True(Volatile.Read(ref isSent));
        Assert.Equal(RefusalKind.Unavailable, refusal?.Kind);
    }

    [Fact]
    public async Task Write_SilentAfterTheRows_StopEndsIt()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new TdsServer((_, statement) =>
        {
            // Nothing else ends it here: the driver's own limit is far longer than the watchdog's.
            if (statement == TdsServer.Rows) stop.CancelAfter(TimeSpan.FromMilliseconds(100));
            return TakeRows(statement, TdsEnd.Silence);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(AsChat(server), stop.Token).WaitAsync(Watchdog));
    }

    [Theory]
    [InlineData("absent", 5, "number", "schema-changed.table", "lacks a column that must be written")]
    [InlineData("c", "five", "number", "row-refused.type", "does not have the type of its column (FormatException)")]
    [InlineData("c", "more than ten", "text", "row-refused.too-long", "is longer than its column")]
    [InlineData("c", null, "filled", "row-refused.null", "must hold a value")]
    public async Task Write_RowThatTheDriverRefuses_NamesTableAndCauseButNoValue(string column, object? value, string target, string key, string says)
    {
        await using var server = new TdsServer((_, statement) => !statement.Contains("sp_tablecollations", StringComparison.Ordinal) ? TdsAnswer.Nothing
            : target switch { "text" => TdsAnswer.TextTarget, "filled" => TdsAnswer.FilledTarget, _ => TdsAnswer.Target });
        var type = target == "text" ? SqlType.Text : SqlType.Int;

        var refusal = (await WriteAsync(AsChat(server), new SqlColumn(column, type), [[value]], CancellationToken.None).WaitAsync(Watchdog)).Refusal;

        Assert.Equal(key, refusal?.Wording.Key);
        Assert.Equal(key[..key.IndexOf('.', StringComparison.Ordinal)], refusal!.Code);
        var sentence = refusal.In(CultureInfo.InvariantCulture);
        Assert.StartsWith("Database “mgc” on 127.0.0.1,", sentence, StringComparison.Ordinal);
        Assert.Contains("tblChat", sentence, StringComparison.Ordinal);
        Assert.Contains(says, sentence, StringComparison.Ordinal);
        if (value is string text)
            Assert.DoesNotContain(text, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ServerForgotItsWaitingConnections_OpensAnother()
    {
        var isRestarted = false;
        await using var server = new TdsServer((connection, statement) =>
            Volatile.Read(ref isRestarted) && connection <= 3 ? new TdsAnswer([], TdsEnd.Cut) : Say(statement, TdsEnd.Whole));
        var sessions = await Task.WhenAll(OpenAsync(server), OpenAsync(server), OpenAsync(server));
        foreach (var session in sessions) await session.DisposeAsync();
        Volatile.Write(ref isRestarted, true);
        await using var again = await OpenAsync(server);
        Assert.True(server.Connections > 3, $"{server.Connections} connections");
    }

    [Fact]
    public async Task Open_PoolIsExhausted_SaysSoAndPasses()
    {
        await using var server = new TdsServer((_, statement) => Say(statement, TdsEnd.Whole));
        // The same limit holds for the first connection, which a busy machine does not make within a second.
        var database = AsChat(server, "Max Pool Size=1;Connect Timeout=5");
        await using var only = ChatWorld.Done(await SqlDialect.For(SqlProvider.SqlServer).OpenForReadingAsync(database, CancellationToken.None));
        var refusal = (await SqlDialect.For(SqlProvider.SqlServer).OpenForReadingAsync(database, CancellationToken.None)).Refusal;
        Assert.Equal(("too-many-connections", RefusalKind.Unavailable), (refusal?.Code, refusal?.Kind));
        Assert.Contains("Max Pool Size", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ClosedConnection_IsLostAndNoRefusedRow()
    {
        await using var server = new TdsServer((_, statement) => Say(statement, TdsEnd.Whole));
        await using var session = await OpenAsync(server);
        await session.Connection.CloseAsync();
        var refusal = (await session.Dialect.GuardAsync<long>(
            session.Database, async () => await ChatSession.ScalarAsync<long>(session.Command("select 1"), CancellationToken.None), CancellationToken.None)).Refusal;
        Assert.Equal(("connection-lost", RefusalKind.Unavailable), (refusal?.Code, refusal?.Kind));
    }

    private static TdsAnswer Say(string statement, TdsEnd end) => statement switch
    {
        _ when statement.Contains("snapshot_isolation_state", StringComparison.Ordinal) => TdsAnswer.Number(0, 1),
        _ when statement.Contains("from tblChat", StringComparison.Ordinal) => TdsAnswer.Messages(20, end),
        _ => TdsAnswer.Nothing,
    };

    // The end is that of the answer to the rows.
    private static TdsAnswer TakeRows(string statement, TdsEnd end) => statement switch
    {
        TdsServer.Rows when end != TdsEnd.Whole => new TdsAnswer([], end),
        _ when statement.Contains("sp_tablecollations", StringComparison.Ordinal) => TdsAnswer.Target,
        _ => TdsAnswer.Nothing,
    };

    private static Task<Outcome<int>> ReadAllAsync(ChatDatabase database) => SqlDialect.ReadAsync<int>(database, async session =>
    {
        var read = 0;
        await using var messages = await session.Dialect.OpenMessagesAsync(session, 10, new MessageRange(), CancellationToken.None);
        while (await messages.NextAsync(CancellationToken.None)) read++;
        return read;
    }, CancellationToken.None);

    // Three rows of one number.
    private static Task<Outcome<int>> WriteAsync(ChatDatabase database, CancellationToken cancellationToken) =>
        WriteAsync(database, new SqlColumn("c", SqlType.Int), [[1], [2], [3]], cancellationToken);

    private static async Task<Outcome<int>> WriteAsync(ChatDatabase database, SqlColumn column, IReadOnlyList<object?[]> values, CancellationToken cancellationToken)
    {
        var (dialect, driver) = (SqlDialect.For(SqlProvider.SqlServer), new SqlClientDriver());
        return await dialect.GuardAsync<int>(database, async () =>
        {
            await using var session = new ChatSession(await driver.OpenAsync(SqlServerConnection.Text(database, isPooled: false), cancellationToken), dialect, database);
            await using var rows = new RowsReader([column], values);
            await driver.BulkInsertAsync(session, "tblChat", keepsIdentity: false, rows, cancellationToken);
            return values.Count;
        }, cancellationToken);
    }

    private static ChatDatabase AsChat(TdsServer server, string setting = "") =>
        new(ChatProduct.LyncPersistentChat2013, SqlProvider.SqlServer, $"{server.ConnectionString};{setting}");

    private static async Task<ChatSession> OpenAsync(TdsServer server) =>
        ChatWorld.Done(await SqlDialect.For(SqlProvider.SqlServer).OpenForReadingAsync(AsChat(server), CancellationToken.None));
}
