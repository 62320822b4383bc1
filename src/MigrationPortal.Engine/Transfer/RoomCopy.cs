using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.Engine.Transfer;

/// <summary>One room's messages, streamed from a snapshot of the legacy pool into pages of one transaction each.</summary>
internal sealed class RoomCopy(
    ChatSession source, WritingSession target, ITransferJournal journal, PlannedRoom room, IdMap ids, Action<CopyProgress> progress, CopyLimits limits, TimeProvider time)
{
    private readonly int _nodeId = ids.Node(room.Guid);
    private long _messages;
    private long _bytes;

    public async Task<Outcome<CopiedRoom>> RunAsync(CancellationToken cancellationToken)
    {
        var ends = new RoomEnds(source, target, room, _nodeId);
        var legacyLast = await ends.FindCounterAsync(cancellationToken);
        if (!legacyLast.IsDone) return legacyLast.Refusal;
        if (await ends.FindTargetRefusalAsync(cancellationToken) is { } gone) return gone;
        var settled = await new PageRecovery(target, journal, room, _nodeId).SettleAsync(cancellationToken);
        if (!settled.IsDone) return settled.Refusal;

        _messages = await ChatSession.ScalarAsync<long>(
            target.Command($"select {target.Dialect.Count()} from tblChat where channelId = @node", ("node", _nodeId)), cancellationToken);
        progress(new CopyProgress(room.Guid, _messages, 0));
        var copied = await CopyPagesAsync(settled.Value, cancellationToken);
        if (!copied.IsDone) return copied.Refusal;

        var final = await ResumePoint.CloseAsync(target, _nodeId, copied.Value, legacyLast.Value, cancellationToken);
        return final.IsClosed ? new CopiedRoom(room.Guid, _messages, _bytes, final.Counter) : PageWriter.SomebodyElse(room);
    }

    private async Task<Outcome<long?>> CopyPagesAsync(long? resume, CancellationToken cancellationToken)
    {
        await using var messages = await source.Dialect.OpenMessagesAsync(source, room.LegacyNodeId, new MessageRange(resume, FromTicks: room.CutOffTicks), cancellationToken);
        using var writer = new PageWriter(target, journal, room, _nodeId, ids, limits);
        var more = await messages.NextAsync(cancellationToken);
        while (more)
        {
            var written = await writer.WriteAsync(messages, resume, long.MaxValue, cancellationToken);
            if (!written.IsDone) return written.Refusal;
            (resume, more) = (written.Value.Counter, written.Value.HasMore);
            (_messages, _bytes) = (_messages + written.Value.Page.Count, _bytes + written.Value.Bytes);
            progress(new CopyProgress(room.Guid, _messages, _bytes));
            await limits.WaitAsync(written.Value.Page.Count, time, cancellationToken);
        }
        return resume;
    }
}
