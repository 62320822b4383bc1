using System.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <param name="HasMore">Whether the source stands on a message after the page.</param>
/// <param name="Counter">tblLastChatId of the new room, as the page's transaction left it.</param>
internal readonly record struct WrittenPage(LedgerPage Page, long Bytes, bool HasMore, long Counter);

/// <summary>Writes one page: messages into the room, the counter, the ledger before and after, all of the target in one transaction.</summary>
internal sealed class PageWriter(WritingSession target, ITransferJournal journal, PlannedRoom room, int nodeId, IdMap ids, CopyLimits limits) : IDisposable
{
    private readonly MessageDigest _digest = new();

    /// <summary>How many messages the next page takes at most.</summary>
    public int Size => Math.Min(limits.PageSize, target.Dialect.PageRows);

    /// <param name="messages">Stands on the page's first message.</param>
    /// <param name="counter">tblLastChatId of the new room as last seen; null is no row.</param>
    /// <param name="upTo">No message above this chatId gets into the page.</param>
    public async Task<Outcome<WrittenPage>> WriteAsync(MessageSource messages, long? counter, long upTo, CancellationToken cancellationToken)
    {
        var page = new LedgerPage(room.Guid, messages.ChatId, messages.ChatId, 0, []);
        var (bytes, more) = (0L, true);
        await target.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using (var sink = await target.Dialect.OpenMessageSinkAsync(target, nodeId, cancellationToken))
        {
            while (more && page.Count < Size && bytes < limits.PageBytes && messages.ChatId <= upTo)
            {
                if (ids.Author(messages.Author) is not { } author) return AuthorUnknown(room, messages);
                await sink.WriteAsync(messages, author, cancellationToken);
                _digest.Append(messages, author);
                page = page with { LastChatId = messages.ChatId, Count = page.Count + 1 };
                bytes += messages.Content.Length;
                more = await messages.NextAsync(cancellationToken);
            }
            await sink.CompleteAsync(cancellationToken);
        }
        // Messages that turn up late lie below the counter, which only ever goes up.
        var next = Math.Max(counter ?? page.LastChatId, page.LastChatId);
        if (!await ResumePoint.MoveAsync(target, nodeId, counter, next, cancellationToken)) return SomebodyElse(room);
        page = page with { Sha256 = _digest.Finish() };
        await journal.IntendPageAsync(page, cancellationToken);
        await target.CommitAsync(cancellationToken);
        await journal.ConfirmPageAsync(page, cancellationToken);
        return new WrittenPage(page, bytes, more, next);
    }

    public void Dispose() => _digest.Dispose();

    internal static Refusal AuthorUnknown(PlannedRoom room, MessageSource message) => new(
        "author-unknown", RefusalKind.Stale, $"{message.ChatId}", room.LegacyName, $"{message.Author}");

    internal static Refusal SomebodyElse(PlannedRoom room) => new("room-in-use", RefusalKind.Conflict, room.Name);
}
