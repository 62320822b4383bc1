using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Engine.Delta;

/// <summary>
/// What one room lacks. The new room is read once and held against the ledger, the legacy room once and held against the same pages;
/// only a page whose digests differ is compared message by message. What lies between the pages, or above them, is written as new ones.
/// </summary>
internal sealed class RoomDelta(
    ChatDatabase legacy, WritingSession target, IDeltaJournal journal,
    PlannedRoom room, IdMap ids, Action<CopyProgress> progress, CopyLimits limits, TimeProvider time)
{
    private readonly int _nodeId = ids.Node(room.Guid);
    private readonly List<LedgerPage> _differing = [];
    private long _messages;
    private long _bytes;

    public async Task<Outcome<CopiedRoom>> RunAsync(long? counter, CancellationToken cancellationToken)
    {
        var ends = new RoomEnds(legacy, target, room, _nodeId);
        var legacyLast = await ends.FindCounterAsync(cancellationToken);
        if (!legacyLast.IsDone) return legacyLast.Refusal;
        if (await ends.FindTargetRefusalAsync(cancellationToken) is { } gone) return gone;
        var pages = await journal.ListPagesAsync(room.Guid, cancellationToken);
        // In a snapshot of its own, closed before anything is written.
        var found = await SqlDialect.ReadAsync<PagesFound>(target.Database, async reader => await new PagesReadback(reader).ReadAsync(_nodeId, pages, cancellationToken), cancellationToken);
        if (!found.IsDone) return found.Refusal;
        if (FindUse(found.Value) is { } used) return used;

        _messages = found.Value.Messages;
        progress(new CopyProgress(room.Guid, _messages, 0));
        var copied = await CopyGapsAsync(pages, counter, cancellationToken);
        if (!copied.IsDone) return copied.Refusal;
        var filling = new PageBackfill(legacy, target, journal, room, ids, limits, time);
        foreach (var page in _differing)
        {
            var filled = await filling.FillAsync(page, copied.Value!.Value, cancellationToken);
            if (!filled.IsDone) return filled.Refusal;
            Report(filled.Value.Messages, filled.Value.Bytes);
        }

        var final = await ResumePoint.CloseAsync(target, _nodeId, copied.Value, legacyLast.Value, cancellationToken);
        return final.IsClosed ? new CopiedRoom(room.Guid, _messages, _bytes, final.Counter) : PageWriter.SomebodyElse(room);
    }

    /// <returns>The new room's counter afterwards.</returns>
    private async Task<Outcome<long?>> CopyGapsAsync(IReadOnlyList<LedgerPage> pages, long? counter, CancellationToken cancellationToken)
    {
        await using var messages = new PagedMessages(legacy, room.LegacyNodeId, new MessageRange(FromTicks: room.CutOffTicks), () => limits.PageMessages);
        using var writer = new PageWriter(target, journal, room, _nodeId, ids, limits);
        using var digest = new MessageDigest();
        var (next, inPage) = (0, 0);
        var more = await messages.NextAsync(cancellationToken);
        while (more)
        {
            while (next < pages.Count && messages.ChatId > pages[next].LastChatId) Finish();
            if (next < pages.Count && messages.ChatId >= pages[next].FirstChatId)
            {
                // An author whom nobody knows makes the digests differ; the page is looked at message by message then.
                digest.Append(messages, ids.Author(messages.Author) ?? -messages.Author);
                inPage++;
                more = await messages.NextAsync(cancellationToken);
                continue;
            }

            var written = await writer.WriteAsync(messages, counter, next < pages.Count ? pages[next].FirstChatId - 1 : long.MaxValue, cancellationToken);
            if (!written.IsDone) return written.Refusal;
            counter = written.Value.Counter;
            await messages.PauseAsync(written.Value.Page.LastChatId);
            Report(written.Value.Page.Count, written.Value.Bytes);
            await limits.WaitAsync(written.Value.Page.Count, time, cancellationToken);
            more = written.Value.HasMore && await messages.NextAsync(cancellationToken);
        }

        while (next < pages.Count) Finish();
        return counter;

        void Finish()
        {
            var source = new PageFound(inPage, digest.Finish());
            if (!source.Matches(pages[next])) _differing.Add(pages[next]);
            (next, inPage) = (next + 1, 0);
        }
    }

    private void Report(long messages, long bytes)
    {
        (_messages, _bytes) = (_messages + messages, _bytes + bytes);
        progress(new CopyProgress(room.Guid, _messages, _bytes));
    }

    private Refusal? FindUse(PagesFound found) => found switch
    {
        { Foreign: > 0 } => Used("posted", found.Foreign, room.Name),
        { Changed: { } page } => Used("changed", $"{page.FirstChatId}", $"{page.LastChatId}", room.Name),
        _ => null,
    };

    internal static Refusal Used(string how, params ReadOnlySpan<object?> args) => new("room-used-since", RefusalKind.Conflict, new Wording($"room-used-since.{how}", args));
}
