using System.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// Puts messages that turned up late between those of a page that stands there already. At most as many at a time as a page holds, each
/// time in one transaction; what was purged or changed in the legacy pool since stays as it was copied.
/// </summary>
internal sealed class PageBackfill(
    ChatDatabase from, WritingSession target, IDeltaJournal journal, PlannedRoom room, IdMap ids, CopyLimits limits, TimeProvider time)
{
    private readonly int _nodeId = ids.Node(room.Guid);
    private long _bytes;
    private bool _isCut;

    /// <returns>How many messages were put in, and their content bytes.</returns>
    public async Task<Outcome<(long Messages, long Bytes)>> FillAsync(LedgerPage page, long counter, CancellationToken cancellationToken)
    {
        _bytes = 0;
        var filled = page;
        while (true)
        {
            // Opened again each time: a snapshot would not show what the last turn wrote.
            var opened = await target.Dialect.OpenForReadingAsync(target.Database, cancellationToken);
            if (!opened.IsDone) return opened.Refusal;
            await using var reader = opened.Value;
            _isCut = false;
            var next = await FillOnceAsync(reader, filled, counter, cancellationToken);
            if (!next.IsDone) return next.Refusal;
            var late = next.Value.Count - filled.Count;
            filled = next.Value;
            await limits.WaitAsync(late, time, cancellationToken);
            if (!_isCut) return (filled.Count - page.Count, _bytes);
        }
    }

    private async Task<Outcome<LedgerPage>> FillOnceAsync(ChatSession reader, LedgerPage page, long counter, CancellationToken cancellationToken)
    {
        var (after, late) = (page.FirstChatId - 1, 0);
        await using var legacy = new PagedMessages(from, room.LegacyNodeId, new MessageRange(after, page.LastChatId, room.CutOffTicks), () => limits.PageMessages);
        await using var found = await reader.Dialect.OpenMessagesAsync(reader, _nodeId, new MessageRange(after, page.LastChatId), cancellationToken);
        using var digest = new MessageDigest();
        await target.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using (var sink = await target.Dialect.OpenMessageSinkAsync(target, _nodeId, cancellationToken))
        {
            var (left, right) = (await legacy.NextAsync(cancellationToken), await found.NextAsync(cancellationToken));
            while (left || right)
            {
                if (left && (!right || legacy.ChatId < found.ChatId))
                {
                    // More than there is place for now waits for the next turn.
                    _isCut |= late >= Math.Min(limits.PageSize, target.Dialect.PageRows);
                    if (!_isCut)
                    {
                        if (ids.Author(legacy.Author) is not { } author) return PageWriter.AuthorUnknown(room, legacy);
                        await sink.WriteAsync(legacy, author, cancellationToken);
                        digest.Append(legacy, author);
                        (late, _bytes) = (late + 1, _bytes + legacy.Content.Length);
                    }
                    left = await legacy.NextAsync(cancellationToken);
                    continue;
                }

                digest.Append(found, found.Author);
                if (left && legacy.ChatId == found.ChatId) left = await legacy.NextAsync(cancellationToken);
                right = await found.NextAsync(cancellationToken);
            }
            if (late > 0) await sink.CompleteAsync(cancellationToken);
        }
        if (late == 0)
        {
            await target.EndAsync();
            return page;
        }

        if (!await ResumePoint.MoveAsync(target, _nodeId, counter, counter, cancellationToken)) return PageWriter.SomebodyElse(room);
        var filled = page with { Count = page.Count + late, Sha256 = digest.Finish() };
        await journal.IntendFillingAsync(filled, cancellationToken);
        await target.CommitAsync(cancellationToken);
        await journal.ConfirmFillingAsync(filled, cancellationToken);
        return filled;
    }
}
