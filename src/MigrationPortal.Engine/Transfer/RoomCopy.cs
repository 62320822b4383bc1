using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>One room's messages, read from the legacy pool page by page into pages of one transaction each.</summary>
internal sealed class RoomCopy(
    ChatDatabase legacy, WritingSession target, ITransferJournal journal, PlannedRoom room, IdMap ids, Action<CopyProgress> progress, CopyLimits limits, TimeProvider time)
{
    private readonly int _nodeId = ids.Node(room.Guid);
    private long _messages;
    private long _bytes;

    public async Task<Outcome<CopiedRoom>> RunAsync(CancellationToken cancellationToken)
    {
        var ends = new RoomEnds(legacy, target, room, _nodeId);
        var legacyLast = await ends.FindCounterAsync(cancellationToken);
        if (!legacyLast.IsDone) return legacyLast.Refusal;
        if (await ends.FindTargetRefusalAsync(cancellationToken) is { } gone) return gone;
        var settled = await new PageRecovery(target, journal, room, _nodeId).SettleAsync(cancellationToken);
        if (!settled.IsDone) return settled.Refusal;
        var used = await FindUsedAsync(ends, cancellationToken);
        if (!used.IsDone) return used.Refusal;
        if (used.Value) return PageWriter.SomebodyElse(room);

        _messages = await ChatSession.ScalarAsync<long>(
            target.Command($"select {target.Dialect.Count()} from tblChat where channelId = @node", ("node", _nodeId)), cancellationToken);
        progress(new CopyProgress(room.Guid, _messages, 0));
        var copied = await CopyPagesAsync(settled.Value, cancellationToken);
        if (!copied.IsDone) return copied.Refusal;

        var final = await ResumePoint.CloseAsync(target, _nodeId, copied.Value, legacyLast.Value, cancellationToken);
        return final.IsClosed ? new CopiedRoom(room.Guid, _messages, _bytes, final.Counter) : PageWriter.SomebodyElse(room);
    }

    // Whoever posted there moved the counter past messages that are not copied yet; where all are, nothing can be skipped.
    private async Task<Outcome<bool>> FindUsedAsync(RoomEnds ends, CancellationToken cancellationToken)
    {
        var copied = await journal.FindLastChatIdAsync(room.Guid, cancellationToken) ?? long.MinValue;
        if ((await ends.FindLastInTargetAsync(cancellationToken) ?? long.MinValue) <= copied) return false;
        var last = await ends.FindLastInLegacyAsync(cancellationToken);
        return last.IsDone ? (last.Value ?? long.MinValue) > copied : last.Refusal;
    }

    private async Task<Outcome<long?>> CopyPagesAsync(long? resume, CancellationToken cancellationToken)
    {
        using var writer = new PageWriter(target, journal, room, _nodeId, ids, limits);
        // One more than a page takes: it tells whether there is another page.
        await using var messages = new PagedMessages(legacy, room.LegacyNodeId, new MessageRange(resume, FromTicks: room.CutOffTicks), () => writer.Size + 1);
        var more = await messages.NextAsync(cancellationToken);
        while (more)
        {
            var written = await writer.WriteAsync(messages, resume, long.MaxValue, cancellationToken);
            if (!written.IsDone) return written.Refusal;
            resume = written.Value.Counter;
            await messages.PauseAsync(written.Value.Page.LastChatId);
            (_messages, _bytes) = (_messages + written.Value.Page.Count, _bytes + written.Value.Bytes);
            progress(new CopyProgress(room.Guid, _messages, _bytes));
            await limits.WaitAsync(written.Value.Page.Count, time, cancellationToken);
            more = written.Value.HasMore && await messages.NextAsync(cancellationToken);
        }
        return resume;
    }
}
