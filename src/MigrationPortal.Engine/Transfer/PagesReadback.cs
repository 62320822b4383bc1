using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <param name="Messages">Messages that stand there and lie within the pages.</param>
/// <param name="Foreign">Messages that no page holds: somebody else wrote them.</param>
/// <param name="Changed">The first page whose messages are no longer those that were written; null when all are.</param>
internal sealed record PagesFound(long Messages, long Foreign, LedgerPage? Changed);

/// <summary>The messages of one migrated room, held against the pages that were written, in memory that does not grow with them.</summary>
internal sealed class PagesReadback(ChatSession session)
{
    public async Task<PagesFound> ReadAsync(int nodeId, IReadOnlyList<LedgerPage> pages, CancellationToken cancellationToken)
    {
        using var digest = new MessageDigest();
        var (found, foreign, page, inPage) = (0L, 0L, 0, 0);
        LedgerPage? changed = null;
        await using var messages = await session.Dialect.OpenMessagesAsync(session, nodeId, new MessageRange(), cancellationToken);
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
        return new PagesFound(found, foreign, changed);

        // A page without any message was taken away already.
        void Finish()
        {
            var there = new PageFound(inPage, digest.Finish());
            if (inPage > 0 && !there.Matches(pages[page])) changed ??= pages[page];
            (page, inPage) = (page + 1, 0);
        }
    }
}
