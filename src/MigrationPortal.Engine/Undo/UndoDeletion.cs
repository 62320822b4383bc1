using System.Data;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>
/// Takes away what was found to be the batch's own: messages page by page, then every other row in one transaction, in the reverse order of
/// writing. Each statement compares what it deletes with what was read: a row that somebody changed since ends the transaction.
/// </summary>
internal sealed class UndoDeletion(WritingSession session, ChatCatalog catalog, LoginRights rights)
{
    // What the chat server notes about a person or a group, by number: it goes with them.
    private static readonly string[] _noteTables = ["tblPrincipalMembers", "tblSkippedAffiliations", "tblLastInviteId"];

    private readonly RowRemoval _removal = new(session);

    /// <returns>The messages taken away; null when the page is neither whole nor gone: somebody changed it since, and it stays.</returns>
    public async Task<int?> DeletePageAsync(int nodeId, LedgerPage page, CancellationToken cancellationToken)
    {
        using var digest = new MessageDigest();
        var (deleted, first) = (0, (long?)page.FirstChatId);
        await session.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        while (first is { } from)
        {
            var last = await FindEndAsync(nodeId, from, page.LastChatId, cancellationToken);
            await using (var command = session.Command(session.Dialect.RemoveMessagesSql, ("node", nodeId), ("first", from), ("last", last)))
            {
                var reader = await command.ExecuteReaderAsync(cancellationToken);
                await using var rows = new RemovedMessages(reader, nodeId);
                var isAtEnd = false;
                try
                {
                    for (; await rows.NextAsync(cancellationToken); deleted++) digest.Append(rows, rows.Author);
                    isAtEnd = true;
                }
                catch (ChatDatabaseException failure) when (MessageSource.IsDamaged(failure))
                {
                    // Not as it was written, so somebody changed it.
                    deleted = -1;
                }
                finally
                {
                    await ServerWait.CloseAsync(command, reader, isAtEnd);
                }
            }
            first = deleted >= 0 && last < page.LastChatId ? last + 1 : null;
        }
        if (deleted != 0 && !new PageFound(deleted, digest.Finish()).Matches(page))
        {
            await session.EndAsync();
            return null;
        }

        await session.CommitAsync(cancellationToken);
        return deleted;
    }

    /// <summary>Within the caller's transaction, which the caller ends without a commit when the answer is false.</summary>
    public async Task<bool> DeleteRowsAsync(UndoRows rows, CancellationToken cancellationToken)
    {
        var scope = TargetTables.Scope(catalog.ScopeTable);
        return await AllAsync(TargetTables.Role, rows.Roles, "", cancellationToken)
            && await AllAsync(scope, rows.Scopes, "", cancellationToken)
            && await CountersAsync(rows, cancellationToken)
            && await TokensAsync(rows, cancellationToken)
            && await AllAsync(TargetTables.Node, rows.Rooms, Unused("tblNode.nodeID", UndoUses.OfNode(catalog)), cancellationToken)
            && await AllAsync(TargetTables.Node, rows.Categories, Unused("tblNode.nodeID", UndoUses.OfNode(catalog)), cancellationToken)
            && await AllAsync(TargetTables.AddIn, rows.AddIns, Unused("tblSiopWhiteList.siopID", [UndoUses.OfAddIn]), cancellationToken)
            && await PeopleAsync(rows, cancellationToken);
    }

    private async Task<bool> AllAsync(TargetTable table, IReadOnlyCollection<FoundRow> rows, string unless, CancellationToken cancellationToken) =>
        await _removal.DeleteAsync(table, [.. rows.Select(x => x.Values)], cancellationToken, unless) == rows.Count;

    // What the counter says follows from the messages, which are gone; a room has none before its first message.
    private async Task<bool> CountersAsync(UndoRows rows, CancellationToken cancellationToken)
    {
        await _removal.DeleteAsync(Key("tblLastChatId", new SqlColumn("nodeID", SqlType.Int)), [.. rows.Rooms.Select(x => new[] { x.Values[0] })], cancellationToken);
        return true;
    }

    // Who opened a file of a room got one; it expires, and its key is the room's guid.
    private async Task<bool> TokensAsync(UndoRows rows, CancellationToken cancellationToken)
    {
        if (MayRemove("tblFileToken", "fileTokenChannelID"))
            await _removal.DeleteAsync(Key("tblFileToken", new SqlColumn("fileTokenChannelID", SqlType.Guid)), [.. rows.Rooms.Select(x => new[] { x.Values[1] })], cancellationToken);
        return true;
    }

    // Directory sync rewrites people, their groups and its marks: they are known by number and guid.
    private async Task<bool> PeopleAsync(UndoRows rows, CancellationToken cancellationToken)
    {
        var (number, guid) = (new SqlColumn("prinID", SqlType.Int), new SqlColumn("prinGuid", SqlType.Guid));
        var (member, group) = (new SqlColumn("principalID", SqlType.Int), new SqlColumn("affiliationID", SqlType.Int));
        object?[][] people = [.. rows.People.Select(x => new object?[] { x.Id })];
        if (catalog.Has("tblPrincipalMeta")) await _removal.DeleteAsync(Key("tblPrincipalMeta", number), people, cancellationToken);
        foreach (var table in _noteTables.Where(x => MayRemove(x, number.Name))) await _removal.DeleteAsync(Key(table, number), people, cancellationToken);
        if (MayRemove("tblADCookie", guid.Name)) await _removal.DeleteAsync(Key("tblADCookie", guid), [.. rows.People.Select(x => new object?[] { x.Guid })], cancellationToken);
        if (catalog.Has("tblPrincipalAffiliations"))
        {
            await _removal.DeleteAsync(Key("tblPrincipalAffiliations", member), people, cancellationToken);
            await _removal.DeleteAsync(
                Key("tblPrincipalAffiliations", member, group), [.. rows.Affiliations.Select(x => new object?[] { x.Person, x.Group })], cancellationToken);
        }
        // The guid is no part of the key: somebody may have taken it away.
        return await _removal.DeleteAsync(
            new("tblPrincipal", 1, [number, guid]), [.. rows.People.Select(x => new object?[] { x.Id, x.Guid })], cancellationToken, Unused("tblPrincipal.prinID", PersonUses())) == rows.People.Count;
    }

    private IEnumerable<UndoUse> PersonUses() =>
        catalog.Has(UndoUses.OfGroup.Table) ? UndoUses.OfPerson(catalog).Append(UndoUses.OfGroup) : UndoUses.OfPerson(catalog);

    private static string Unused(string key, IEnumerable<UndoUse> uses) => string.Concat(uses.Select(x => x.Unless(key)));

    private bool MayRemove(string table, string column) => catalog.Has(table, column) && rights.MayRemove(table);

    private static TargetTable Key(string table, params SqlColumn[] columns) => new(table, columns.Length, columns);

    // Where one statement may not remove the whole page: the chatId up to which it may.
    private async Task<long> FindEndAsync(int nodeId, long from, long last, CancellationToken cancellationToken)
    {
        var most = session.Dialect.PageRows;
        if (most == int.MaxValue) return last;
        var piece = session.Dialect.First(most, "chatId from tblChat where channelId = @node and chatId between @first and @last order by chatId");
        return await ChatSession.ScalarAsync<long?>(
            session.Command(
                $"select max(chatId) from ({piece}) piece having {session.Dialect.Count()} = @most", ("node", nodeId), ("first", from), ("last", last), ("most", (long)most)),
            cancellationToken) ?? last;
    }
}
