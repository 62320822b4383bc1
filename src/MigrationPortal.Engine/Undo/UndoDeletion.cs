using System.Data;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>Takes away what was found to be the batch's own: messages page by page, then every other row in one transaction, in the reverse order of writing.</summary>
internal sealed class UndoDeletion(WritingSession session, ChatCatalog catalog)
{
    /// <returns>The messages taken away; null when the page is neither whole nor gone: somebody changed it meanwhile, and it stays.</returns>
    public async Task<int?> DeletePageAsync(int nodeId, LedgerPage page, CancellationToken cancellationToken)
    {
        await session.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var deleted = await WritingSession.ExecuteAsync(
            session.Command("delete from tblChat where channelId = @node and chatId between @first and @last",
                ("node", nodeId), ("first", page.FirstChatId), ("last", page.LastChatId)), cancellationToken);
        if (deleted != 0 && deleted != page.Count)
        {
            await session.EndAsync();
            return null;
        }

        await session.CommitAsync(cancellationToken);
        return deleted;
    }

    /// <summary>Within the caller's transaction.</summary>
    public async Task DeleteRowsAsync(UndoRows rows, CancellationToken cancellationToken)
    {
        var rooms = rows.Rooms.Select(x => x.Values[0]!).ToList();
        var nodes = rooms.Concat(rows.Categories.Cast<object>()).ToList();
        var people = rows.People.Cast<object>().ToList();
        await DeleteAsync("tblPrincipalRole", "prinRoleNodeID", nodes, cancellationToken);
        await DeleteAsync(catalog.ScopeTable, "scopeNodeID", nodes, cancellationToken);
        await DeleteAsync("tblLastChatId", "nodeID", rooms, cancellationToken);
        await DeleteAsync("tblNode", "nodeID", rooms, cancellationToken);
        await DeleteAsync("tblNode", "nodeID", rows.Categories.Cast<object>(), cancellationToken);
        await DeleteAsync("tblSiopWhiteList", "siopID", rows.AddIns.Cast<object>(), cancellationToken);
        if (catalog.Has("tblPrincipalMeta")) await DeleteAsync("tblPrincipalMeta", "prinID", people, cancellationToken);
        if (catalog.Has("tblPrincipalAffiliations"))
        {
            await DeleteAsync("tblPrincipalAffiliations", "principalID", people, cancellationToken);
            await DeleteAsync("tblPrincipalAffiliations", "affiliationID", people, cancellationToken);
        }

        await DeleteAsync("tblPrincipal", "prinID", people, cancellationToken);
    }

    public async Task<bool> HasMessagesAsync(UndoRows rows, CancellationToken cancellationToken) => (await session.ListAnyOfAsync(
        "select distinct channelId from tblChat", "channelId", rows.Rooms.Select(x => x.Values[0]!), row => row.GetInt32(0), cancellationToken)).Count > 0;

    private async Task DeleteAsync(string table, string column, IEnumerable<object> values, CancellationToken cancellationToken)
    {
        foreach (var piece in ValueLists.Of(values))
            await WritingSession.ExecuteAsync(session.Command($"delete from {table} where {column} in ({piece})"), cancellationToken);
    }
}
