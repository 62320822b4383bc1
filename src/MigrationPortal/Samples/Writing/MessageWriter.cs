using MigrationPortal.Samples.World;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Samples.Writing;

/// <summary>Streams messages into tblChat, one COPY for all rooms.</summary>
internal static class MessageWriter
{
    private const int ReportEvery = 20_000;

    public static async Task WriteAsync(
        NpgsqlConnection connection, IEnumerable<RoomMessages> rooms, bool hasRtf, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var rtf = hasRtf ? ", rtf" : "";
        await using var writer = await connection.BeginBinaryImportAsync(
            $"COPY tblChat (channelId, chatId, chatDate, userId, isAlert, content{rtf}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        long written = 0;
        foreach (var room in rooms)
        {
            foreach (var message in room.Read())
            {
                await writer.StartRowAsync(cancellationToken);
                await writer.WriteAsync(room.NodeId, NpgsqlDbType.Integer, cancellationToken);
                await writer.WriteAsync(message.ChatId, NpgsqlDbType.Bigint, cancellationToken);
                await writer.WriteAsync(message.Ticks, NpgsqlDbType.Bigint, cancellationToken);
                await writer.WriteAsync(message.Author, NpgsqlDbType.Integer, cancellationToken);
                await writer.WriteAsync(message.IsAlert, NpgsqlDbType.Boolean, cancellationToken);
                await writer.WriteAsync(message.Content, NpgsqlDbType.Text, cancellationToken);
                if (hasRtf)
                    await writer.WriteNullAsync(cancellationToken);
                if (++written % ReportEvery == 0)
                    progress?.Report(written);
            }
        }

        await writer.CompleteAsync(cancellationToken);
        progress?.Report(written);
    }
}
