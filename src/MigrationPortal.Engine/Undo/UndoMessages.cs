using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Undo;

/// <summary>The messages of one migrated room, held against the pages that were written, in memory that does not grow with them.</summary>
internal sealed class UndoMessages(ChatSession session)
{
    /// <summary>Messages of the batch that stand there, or what somebody did to the room.</summary>
    public async Task<(long Messages, UndoObstacle? Obstacle)> CompareAsync(
        int nodeId, string name, IReadOnlyList<LedgerPage> pages, CancellationToken cancellationToken)
    {
        using var digest = new MessageDigest();
        var (found, foreign, page, inPage) = (0L, 0L, 0, 0);
        UndoObstacle? changed = null;
        await using var messages = await session.Dialect.OpenMessagesAsync(session, nodeId, null, null, cancellationToken);
        while (await messages.NextAsync(cancellationToken))
        {
            while (page < pages.Count && messages.ChatId > pages[page].LastChatId) Finish();
            if (page == pages.Count || messages.ChatId < pages[page].FirstChatId)
            {
                foreign++;
                continue;
            }

            digest.Append(messages, messages.Author);
            (found, inPage) = (found + 1, inPage + 1);
        }

        while (page < pages.Count) Finish();
        if (foreign > 0)
            changed = new("PostedSince", name, $"{(foreign == 1 ? "1 message was" : $"{foreign} messages were")} posted in “{name}” since it was migrated.");
        return (found, changed);

        // A page without any message was taken away already.
        void Finish()
        {
            var sha256 = digest.Finish();
            if (inPage > 0 && (inPage != pages[page].Count || !sha256.AsSpan().SequenceEqual(pages[page].Sha256)))
                changed ??= new("RoomChanged", name, $"Messages {pages[page].FirstChatId} to {pages[page].LastChatId} of “{name}” are no longer those that were migrated.");
            (page, inPage) = (page + 1, 0);
        }
    }
}
