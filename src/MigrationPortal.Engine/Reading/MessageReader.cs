using System.Data.Common;
using System.Globalization;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>One message as people read it. <paramref name="Ticks"/> are .NET ticks, UTC; the author's name is null where no principal has the id.</summary>
/// <param name="Content">Its first <see cref="MessageReader.PreviewLength"/> characters.</param>
public sealed record ChatMessage(long ChatId, long Ticks, int AuthorId, string? AuthorName, bool IsAlert, MessagePart Content);

/// <summary>A part of a message that is too long to be shown at once.</summary>
/// <param name="Rest">Where the next part begins, in the server's own units (UTF-16 on SQL Server, characters on PostgreSQL); null at the end.</param>
public sealed record MessagePart(string Content, int? Rest);

/// <param name="Month">First day of the month, UTC.</param>
public readonly record struct MonthCount(DateOnly Month, long Count);

/// <param name="Day">UTC.</param>
/// <param name="FirstChatId">The least of that day.</param>
public readonly record struct DayCount(DateOnly Day, long Count, long FirstChatId);

/// <summary>Reads messages for people; copying and proving stream them instead.</summary>
public static class MessageReader
{
    public const int MaxTake = 500;

    /// <summary>Of each message in a list: 500 of them, both sides, are 4 million characters.</summary>
    public const int PreviewLength = 4_000;

    /// <summary>What is read of one long message at a time.</summary>
    public const int PartLength = 32_000;

    private const long TicksPerDay = TimeSpan.TicksPerDay;

    /// <summary>At most <paramref name="take"/> messages from <paramref name="fromChatId"/> on, in chatId order.</summary>
    public static async Task<Outcome<IReadOnlyList<ChatMessage>>> ReadTranscriptAsync(
        ChatDatabase database, int nodeId, long fromChatId, int take, CancellationToken cancellationToken)
    {
        var preview = PreviewLength.ToString(CultureInfo.InvariantCulture);
        var name = database.IsLegacy ? "p.prinName" : "coalesce(p.prinDisplayName, p.prinName)";
        return await SqlDialect.ReadAsync<IReadOnlyList<ChatMessage>>(database, async session => await ChatSession.ListAsync(
            session.Command(
                session.Dialect.First(Math.Clamp(take, 1, MaxTake), $"""
                    c.chatId, c.chatDate, c.userId, {name}, c.isAlert, substring(c.content, 1, {preview}), substring(c.content, {preview} + 1, 1)
                    from tblChat c left join tblPrincipal p on p.prinID = c.userId
                    where c.channelId = @node and c.chatId >= @from
                    order by c.chatId
                    """),
                ("node", nodeId), ("from", fromChatId)),
            row => new ChatMessage(row.Long(0), row.TryLong(1) ?? 0, row.TryInt(2) ?? 0, row.TextOrNull(3), row.BoolOrNull(4) ?? false, ReadPart(row, 5, 0, PreviewLength)),
            cancellationToken), cancellationToken);
    }

    /// <summary>The part of one message that begins at <paramref name="from"/>; null when there is no such message.</summary>
    /// <param name="from">0, or where an earlier part said that the rest begins.</param>
    public static async Task<Outcome<MessagePart?>> ReadPartAsync(ChatDatabase database, int nodeId, long chatId, int from, CancellationToken cancellationToken)
    {
        from = Math.Clamp(from, 0, int.MaxValue - PartLength - 1);
        return await SqlDialect.ReadAsync<MessagePart?>(database, async session => (await ChatSession.ListAsync(
            session.Command(
                "select substring(content, @begin, @length), substring(content, @next, 1) from tblChat where channelId = @node and chatId = @chat",
                ("begin", from + 1), ("length", PartLength), ("next", from + PartLength + 1), ("node", nodeId), ("chat", chatId)),
            row => ReadPart(row, 0, from, PartLength),
            cancellationToken)).FirstOrDefault(), cancellationToken);
    }

    private static MessagePart ReadPart(DbDataReader row, int column, int from, int length)
    {
        var content = row.IsDBNull(column) ? "" : row.GetString(column);
        if (string.IsNullOrEmpty(row.TextOrNull(column + 1)))
            return new MessagePart(VisibleText.Of(content), null);
        // SQL Server cuts between the halves of a character: the first half comes with the second.
        return content.Length > 1 && char.IsHighSurrogate(content[^1])
            ? new MessagePart(VisibleText.Of(content[..^1]), from + length - 1)
            : new MessagePart(VisibleText.Of(content), from + length);
    }

    /// <summary>Messages per calendar month (UTC), oldest first, months without any left out.</summary>
    public static async Task<Outcome<IReadOnlyList<MonthCount>>> CountByMonthAsync(
        ChatDatabase database, int nodeId, CancellationToken cancellationToken)
    {
        var days = await CountByDayAsync(database, nodeId, cancellationToken);
        return days.IsDone
            ? days.Value.GroupBy(x => new DateOnly(x.Day.Year, x.Day.Month, 1)).Select(x => new MonthCount(x.Key, x.Sum(y => y.Count))).ToList()
            : days.Refusal;
    }

    /// <summary>Messages per day (UTC), oldest first, days without any left out: at most as many as the years of the room have days.</summary>
    public static async Task<Outcome<IReadOnlyList<DayCount>>> CountByDayAsync(
        ChatDatabase database, int nodeId, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<IReadOnlyList<DayCount>>(database, async session =>
        {
            // SQL Server takes a number this long for a decimal, and would divide with a fraction.
            var day = $"cast({TicksPerDay} as bigint)";
            // Whole days in the server, dates here: no server's calendar reaches ticks without rounding them.
            var days = await ChatSession.ListAsync(
                session.Command($"select chatDate / {day}, {session.Dialect.Count()}, min(chatId) from tblChat where channelId = @node and chatDate is not null group by chatDate / {day}", ("node", nodeId)),
                row => (Day: row.Long(0), Count: row.Long(1), First: row.TryLong(2) ?? 0), cancellationToken);
            return days.Where(x => x.Day >= 0 && x.Day <= DateOnly.MaxValue.DayNumber)
                .Select(x => new DayCount(DateOnly.FromDayNumber((int)x.Day), x.Count, x.First))
                .OrderBy(x => x.Day).ToList();
        }, cancellationToken);
    }
}
