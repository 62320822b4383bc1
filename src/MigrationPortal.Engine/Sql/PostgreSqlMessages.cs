using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Engine.Sql;

internal sealed class PostgreSqlMessageSource(ChatSession session, NpgsqlBinaryExporter export) : MessageSource
{
    public static async Task<PostgreSqlMessageSource> OpenAsync(
        ChatSession session, int nodeId, long? after, long? fromTicks, CancellationToken cancellationToken)
    {
        var from = after is { } chatId ? string.Create(CultureInfo.InvariantCulture, $" and chatId > {chatId}") : "";
        if (fromTicks is { } ticks) from += string.Create(CultureInfo.InvariantCulture, $" and chatDate >= {ticks}");
        // What OCS 2007 R2 keeps its flags in is not documented.
        var flag = session.Database.Product == ChatProduct.OcsGroupChat2007R2 ? "cast(cast(isAlert as int) as boolean)" : "isAlert";
        var export = await ((NpgsqlConnection)session.Connection).BeginBinaryExportAsync(
            session.Tables.In(string.Create(CultureInfo.InvariantCulture,
                $"copy (select cast(chatId as bigint), cast(chatDate as bigint), cast(userId as int), {flag}, content from tblChat where channelId = {nodeId}{from} order by tblChat.chatId) to stdout (format binary)"), session.Dialect),
            cancellationToken);
        return new PostgreSqlMessageSource(session, export);
    }

    public override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await export.StartRowAsync(cancellationToken) < 0) return false;
            ChatId = await export.ReadAsync<long>(NpgsqlDbType.Bigint, cancellationToken);
            Ticks = await export.ReadAsync<long>(NpgsqlDbType.Bigint, cancellationToken);
            Author = await export.ReadAsync<int>(NpgsqlDbType.Integer, cancellationToken);
            IsAlert = await export.ReadAsync<bool>(NpgsqlDbType.Boolean, cancellationToken);
            Content = await export.ReadAsync<byte[]>(NpgsqlDbType.Text, cancellationToken);
            return true;
        }
        catch (Exception failure) when (PostgreSqlErrors.Recognises(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChatDatabaseException(PostgreSqlErrors.Explain(failure, session.Database), failure);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await export.DisposeAsync();
        }
        catch (Exception failure) when (PostgreSqlErrors.Recognises(failure))
        {
            // The connection is gone already, and with it the export.
        }
    }
}

internal sealed class PostgreSqlMessageSink(NpgsqlBinaryImporter import, int nodeId) : MessageSink
{
    public static async Task<PostgreSqlMessageSink> OpenAsync(WritingSession session, int nodeId, CancellationToken cancellationToken) =>
        new(
            await ((NpgsqlConnection)session.Connection).BeginBinaryImportAsync(
                "copy tblChat (channelId, chatId, chatDate, userId, isAlert, content) from stdin (format binary)", cancellationToken),
            nodeId);

    public override async ValueTask WriteAsync(MessageSource message, int author, CancellationToken cancellationToken)
    {
        await import.StartRowAsync(cancellationToken);
        await import.WriteAsync(nodeId, NpgsqlDbType.Integer, cancellationToken);
        await import.WriteAsync(message.ChatId, NpgsqlDbType.Bigint, cancellationToken);
        await import.WriteAsync(message.Ticks, NpgsqlDbType.Bigint, cancellationToken);
        await import.WriteAsync(author, NpgsqlDbType.Integer, cancellationToken);
        await import.WriteAsync(message.IsAlert, NpgsqlDbType.Boolean, cancellationToken);
        await import.WriteAsync(message.Content, NpgsqlDbType.Text, cancellationToken);
    }

    public override async Task CompleteAsync(CancellationToken cancellationToken) => await import.CompleteAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await import.DisposeAsync();
        }
        catch (Exception failure) when (PostgreSqlErrors.Recognises(failure))
        {
            // Either the connection is gone or the server has refused the page already; both leave nothing behind.
        }
    }
}
