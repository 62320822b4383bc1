using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>Settles the page whose commit nobody saw: the target says whether it happened, and nothing is written again blindly.</summary>
internal sealed class OpenPage(ChatSession target, ITransferJournal journal, PlannedRoom room, int nodeId)
{
    /// <summary>The point to resume from.</summary>
    public async Task<Outcome<long?>> SettleAsync(CancellationToken cancellationToken)
    {
        var resume = await ResumePoint.ReadAsync(target, nodeId, room.Name, cancellationToken);
        if (!resume.IsDone) return resume;
        if (await journal.FindOpenPageAsync(room.Guid, cancellationToken) is not { } page) return resume;
        if (resume.Value is null || resume.Value < page.FirstChatId)
        {
            await journal.DropPageAsync(page, cancellationToken);
            return resume;
        }
        var (count, sha256) = await ReadAsync(page, cancellationToken);
        if (count != page.Count || !sha256.AsSpan().SequenceEqual(page.Sha256))
            return new Refusal("page-differs",
                $"Messages {page.FirstChatId} to {page.LastChatId} of \"{room.Name}\" are not what was written there ({count} instead of {page.Count}, or changed); undo the batch and copy it again.",
                RefusalKind.Conflict);
        await journal.ConfirmPageAsync(page, cancellationToken);
        return resume;
    }

    private async Task<(int Count, byte[] Sha256)> ReadAsync(LedgerPage page, CancellationToken cancellationToken)
    {
        using var digest = new MessageDigest();
        var count = 0;
        await using var messages = await target.Dialect.OpenMessagesAsync(target, nodeId, page.FirstChatId - 1, null, cancellationToken);
        while (await messages.NextAsync(cancellationToken) && messages.ChatId <= page.LastChatId)
        {
            digest.Append(messages, messages.Author);
            count++;
        }
        return (count, digest.Finish());
    }
}
