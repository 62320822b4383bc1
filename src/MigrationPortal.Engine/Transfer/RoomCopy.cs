using System.Data;
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
        var legacyLast = await FindSourceAsync(cancellationToken);
        if (!legacyLast.IsDone) return legacyLast.Refusal;
        if (await FindTargetRefusalAsync(cancellationToken) is { } gone) return gone;
        var settled = await new OpenPage(target, journal, room, _nodeId).SettleAsync(cancellationToken);
        if (!settled.IsDone) return settled.Refusal;

        _messages = await ChatSession.ScalarAsync<long>(
            target.Command($"select {target.Dialect.Count()} from tblChat where channelId = @node", ("node", _nodeId)), cancellationToken);
        progress(new CopyProgress(room.Guid, _messages, 0));
        var copied = await CopyPagesAsync(settled.Value, cancellationToken);
        if (!copied.IsDone) return copied.Refusal;

        // A purge leaves the legacy counter above its last message, and those ids must never be given out again.
        var final = copied.Value is { } last ? Math.Max(last, legacyLast.Value ?? last) : legacyLast.Value;
        if (final is { } counter && counter != copied.Value
            && !await ResumePoint.MoveAsync(target, _nodeId, copied.Value, counter, cancellationToken))
            return SomebodyElse();
        return new CopiedRoom(room.Guid, _messages, _bytes, final);
    }

    internal static Refusal Vanished(string names) => new(
        "room-vanished", $"Not in the legacy pool any more: {names}. Nothing of it was written; take it out of the batch, or restore it and scan again.", RefusalKind.Stale);

    private async Task<Outcome<long?>> CopyPagesAsync(long? resume, CancellationToken cancellationToken)
    {
        await using var messages = await source.Dialect.OpenMessagesAsync(source, room.LegacyNodeId, resume, room.CutOffTicks, cancellationToken);
        using var digest = new MessageDigest();
        var more = await messages.NextAsync(cancellationToken);
        while (more)
        {
            var page = new LedgerPage(room.Guid, messages.ChatId, messages.ChatId, 0, []);
            var (size, bytes) = (limits.PageSize, 0L);
            await target.BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await using (var sink = await target.Dialect.OpenMessageSinkAsync(target, _nodeId, cancellationToken))
            {
                while (more && page.Count < size && bytes < limits.PageBytes)
                {
                    if (ids.Author(messages.Author) is not { } author)
                        return new Refusal("author-unknown",
                            $"Message {messages.ChatId} of \"{room.LegacyName}\" was written by principal {messages.Author}, whom the plan does not know; scan again and have the new plan approved.",
                            RefusalKind.Stale);
                    await sink.WriteAsync(messages, author, cancellationToken);
                    digest.Append(messages, author);
                    page = page with { LastChatId = messages.ChatId, Count = page.Count + 1 };
                    bytes += messages.Content.Length;
                    more = await messages.NextAsync(cancellationToken);
                }
                await sink.CompleteAsync(cancellationToken);
            }
            if (!await ResumePoint.MoveAsync(target, _nodeId, resume, page.LastChatId, cancellationToken)) return SomebodyElse();
            page = page with { Sha256 = digest.Finish() };
            await journal.IntendPageAsync(page, cancellationToken);
            await target.CommitAsync(cancellationToken);
            await journal.ConfirmPageAsync(page, cancellationToken);
            resume = page.LastChatId;
            (_messages, _bytes) = (_messages + page.Count, _bytes + bytes);
            progress(new CopyProgress(room.Guid, _messages, _bytes));
            await limits.WaitAsync(page.Count, time, cancellationToken);
        }
        return resume;
    }

    private async Task<Outcome<long?>> FindSourceAsync(CancellationToken cancellationToken)
    {
        var found = await source.Dialect.GuardAsync<(bool, long?)>(source.Database, async () =>
        {
            var there = await ChatSession.ScalarAsync<long>(
                source.Command($"select {source.Dialect.Count()} from tblNode where nodeID = @node and nodeGuid = @guid", ("node", room.LegacyNodeId), ("guid", room.Guid)), cancellationToken);
            return (there > 0, await ChatSession.ScalarAsync<long?>(
                source.Command("select max(lastChatID) from tblLastChatId where nodeID = @node", ("node", room.LegacyNodeId)), cancellationToken));
        }, cancellationToken);
        if (!found.IsDone) return found.Refusal;
        return found.Value.Item1 ? found.Value.Item2 : Vanished($"\"{room.LegacyName}\"");
    }

    private async Task<Refusal?> FindTargetRefusalAsync(CancellationToken cancellationToken)
    {
        var there = await ChatSession.ScalarAsync<long>(
            target.Command($"select {target.Dialect.Count()} from tblNode where nodeID = @node and nodeGuid = @guid", ("node", _nodeId), ("guid", room.Guid)), cancellationToken);
        return there > 0 ? null : new Refusal("room-not-prepared", $"The new pool does not hold \"{room.Name}\" as it was prepared; restore its database, or undo the batch.", RefusalKind.Stale);
    }

    private Refusal SomebodyElse() => new(
        "room-in-use", $"Somebody else is writing messages into \"{room.Name}\"; this copy stopped and wrote nothing more.", RefusalKind.Conflict);
}
