using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>What stands in the new room between a page's first and last chatId.</summary>
internal readonly record struct PageFound(int Count, byte[] Sha256)
{
    public bool Matches(LedgerPage page) => Is(page) || (page.Filled is { } filled && Is(filled));

    private bool Is(LedgerPage page) => Count == page.Count && Sha256.AsSpan().SequenceEqual(page.Sha256);
}

/// <summary>Settles the page whose commit nobody saw: the target says whether it happened, and nothing is written again blindly.</summary>
internal sealed class PageRecovery(ChatSession target, ITransferJournal journal, PlannedRoom room, int nodeId)
{
    /// <summary>The point to resume from.</summary>
    /// <param name="mayBeBelow">Whether the page may lie below the counter although it was never committed, as those of a delta do.</param>
    public async Task<Outcome<long?>> SettleAsync(CancellationToken cancellationToken, bool mayBeBelow = false)
    {
        var resume = await ResumePoint.ReadAsync(target, nodeId, room.Name, cancellationToken);
        if (!resume.IsDone) return resume;
        if (await journal.FindOpenPageAsync(room.Guid, cancellationToken) is not { } page) return resume;
        if (resume.Value is null || resume.Value < page.FirstChatId)
        {
            await journal.DropPageAsync(page, cancellationToken);
            return resume;
        }
        var found = await ReadAsync(target, nodeId, page, cancellationToken);
        if (found.Matches(page)) await journal.ConfirmPageAsync(page, cancellationToken);
        else if (mayBeBelow && found.Count == 0) await journal.DropPageAsync(page, cancellationToken);
        else return Differs(room, page, found.Count);
        return resume;
    }

    internal static async Task<PageFound> ReadAsync(ChatSession target, int nodeId, LedgerPage page, CancellationToken cancellationToken)
    {
        using var digest = new MessageDigest();
        var count = 0;
        await using var messages = await target.Dialect.OpenMessagesAsync(target, nodeId, new MessageRange(page.FirstChatId - 1, page.LastChatId), cancellationToken);
        while (await messages.NextAsync(cancellationToken))
        {
            digest.Append(messages, messages.Author);
            count++;
        }
        return new PageFound(count, digest.Finish());
    }

    internal static Refusal Differs(PlannedRoom room, LedgerPage page, int found) => new(
        "page-differs", RefusalKind.Conflict, $"{page.FirstChatId}", $"{page.LastChatId}", room.Name, found, page.Count);
}
