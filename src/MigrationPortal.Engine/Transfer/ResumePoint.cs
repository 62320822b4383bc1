using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>
/// tblLastChatId of one new room, where a copy resumes. It only moves from the value last seen to the next one, in the transaction
/// of the page: a process that hung and wakes up finds another value and writes nothing.
/// </summary>
internal static class ResumePoint
{
    /// <summary>Null is "before the first message": chatId 0 is legal.</summary>
    public static async Task<Outcome<long?>> ReadAsync(ChatSession session, int nodeId, string room, CancellationToken cancellationToken)
    {
        var rows = await ChatSession.ListAsync(
            session.Command("select lastChatID from tblLastChatId where nodeID = @node", ("node", nodeId)), row => row.TryLong(0), cancellationToken);
        return rows.Count switch
        {
            0 => (long?)null,
            1 when rows[0] is null => new Refusal("counter-unreadable", RefusalKind.Invalid, room),
            1 => rows[0],
            _ => new Refusal("counter-doubled", RefusalKind.Invalid, room, rows.Count),
        };
    }

    public static async Task<bool> MoveAsync(WritingSession session, int nodeId, long? expected, long next, CancellationToken cancellationToken)
    {
        var command = expected is { } value
            ? session.Command("update tblLastChatId set lastChatID = @next where nodeID = @node and lastChatID = @expected",
                ("next", next), ("node", nodeId), ("expected", value))
            : session.Command("insert into tblLastChatId (nodeID, lastChatID) select @node, @next where not exists (select 1 from tblLastChatId where nodeID = @node)",
                ("next", next), ("node", nodeId));
        return await session.Dialect.ChangeAsync(command, cancellationToken) == 1;
    }

    /// <summary>
    /// Raises the counter to the legacy one at the end: a purge leaves that above the last message, and its ids must never be given
    /// out again.
    /// </summary>
    public static async Task<(bool IsClosed, long? Counter)> CloseAsync(
        WritingSession session, int nodeId, long? counter, long? legacyCounter, CancellationToken cancellationToken)
    {
        var final = counter is { } last ? Math.Max(last, legacyCounter ?? last) : legacyCounter;
        return (final is not { } next || final == counter || await MoveAsync(session, nodeId, counter, next, cancellationToken), final);
    }
}
