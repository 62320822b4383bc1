using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>One message as people read it. <paramref name="Ticks"/> are .NET ticks, UTC; the author's name is null where no principal has the id.</summary>
public sealed record ChatMessage(long ChatId, long Ticks, int AuthorId, string? AuthorName, bool IsAlert, string Content);

/// <param name="Month">First day of the month, UTC.</param>
public readonly record struct MonthCount(DateOnly Month, long Count);

/// <summary>Reads messages for people; copying and proving stream them instead.</summary>
public static class MessageReader
{
    public const int MaxTake = 500;

    private const long TicksPerDay = TimeSpan.TicksPerDay;

    /// <summary>At most <paramref name="take"/> messages from <paramref name="fromChatId"/> on, in chatId order.</summary>
    public static async Task<Outcome<IReadOnlyList<ChatMessage>>> ReadTranscriptAsync(
        ChatDatabase database, int nodeId, long fromChatId, int take, CancellationToken cancellationToken)
    {
        var name = database.IsLegacy ? "p.prinName" : "coalesce(p.prinDisplayName, p.prinName)";
        return await SqlDialect.ReadAsync<IReadOnlyList<ChatMessage>>(database, async session => await ChatSession.ListAsync(
            session.Command(
                session.Dialect.First(Math.Clamp(take, 1, MaxTake), $"""
                    c.chatId, c.chatDate, c.userId, {name}, c.isAlert, c.content
                    from tblChat c left join tblPrincipal p on p.prinID = c.userId
                    where c.channelId = @node and c.chatId >= @from
                    order by c.chatId
                    """),
                ("node", nodeId), ("from", fromChatId)),
            row => new ChatMessage(row.Long(0), row.TryLong(1) ?? 0, row.TryInt(2) ?? 0, row.TextOrNull(3), row.BoolOrNull(4) ?? false, row.TextOrNull(5) ?? ""),
            cancellationToken), cancellationToken);
    }

    /// <summary>Messages per calendar month (UTC), oldest first, months without any left out.</summary>
    public static async Task<Outcome<IReadOnlyList<MonthCount>>> CountByMonthAsync(
        ChatDatabase database, int nodeId, CancellationToken cancellationToken)
    {
        return await SqlDialect.ReadAsync<IReadOnlyList<MonthCount>>(database, async session =>
        {
            // SQL Server takes a number this long for a decimal, and would divide with a fraction.
            var day = $"cast({TicksPerDay} as bigint)";
            // Whole days in the server, months here: no server's calendar reaches ticks without rounding them.
            var days = await ChatSession.ListAsync(
                session.Command($"select chatDate / {day}, {session.Dialect.Count()} from tblChat where channelId = @node and chatDate is not null group by chatDate / {day}", ("node", nodeId)),
                row => (Day: row.Long(0), Count: row.Long(1)), cancellationToken);
            return days.Where(x => x.Day >= 0 && x.Day <= DateOnly.MaxValue.DayNumber)
                .GroupBy(x => DateOnly.FromDayNumber((int)x.Day) is var date ? new DateOnly(date.Year, date.Month, 1) : default)
                .Select(x => new MonthCount(x.Key, x.Sum(y => y.Count)))
                .OrderBy(x => x.Month).ToList();
        }, cancellationToken);
    }
}
