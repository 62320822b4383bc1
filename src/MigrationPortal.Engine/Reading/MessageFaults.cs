using System.Globalization;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Reading;

/// <summary>Messages that cannot be copied as they stand, counted per room: only columns that the database itself lets be NULL are looked at.</summary>
internal sealed class MessageFaults(ChatSession session, ChatCatalog catalog, RowFaults faults)
{
    public IReadOnlyList<string> Columns { get; } =
        [.. new[] { "chatId", "chatDate", "isAlert", "content" }.Where(x => catalog.Find("tblChat", x) is { IsNullable: true })];

    /// <param name="unknown">Messages whose author is NULL or no number that a person could have.</param>
    /// <param name="lacking">Messages without a value, per column.</param>
    public void Report(int room, long unknown, IReadOnlyList<long> lacking)
    {
        if (unknown > 0) Add(room, "userId", "Fault.NullAuthor", unknown);
        for (var i = 0; i < lacking.Count; i++)
            if (lacking[i] > 0) Add(room, Columns[i], "Fault.Null", lacking[i]);
    }

    // Lync 2010 documents (channelID, chatID) as the key; what OCS 2007 R2 has is not documented, and the new pool has one.
    public async Task ReportDoubledAsync(IReadOnlyCollection<int> rooms, CancellationToken cancellationToken)
    {
        if (session.Database.Product != ChatProduct.OcsGroupChat2007R2) return;
        await foreach (var (node, count) in ChatSession.StreamAsync(session.Command(DoubledSql(session.Dialect)), row => (row.TryInt(0), row.Long(1)), cancellationToken))
            if (node is { } room && rooms.Contains(room)) Add(room, "chatId", "Fault.Twice", count);
    }

    internal static string DoubledSql(SqlDialect dialect) => $"""
        select channelId, {dialect.Count()} from
            (select channelId, chatId from tblChat where channelId is not null and chatId is not null group by channelId, chatId having {dialect.Count()} > 1) doubled
        group by channelId
        """;

    private void Add(int room, string column, string problem, long rows) => faults.Add(
        new RowFault("tblChat", column, $"channelId {room.ToString(CultureInfo.InvariantCulture)}", new(problem)) { NodeId = room, Blocks = true, Rows = rows });
}
