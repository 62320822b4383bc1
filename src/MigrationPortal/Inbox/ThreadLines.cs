using System.Globalization;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Formatting;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Open threads in which it is the person's turn: somebody mentioned them, or wrote last about a batch that they created or submitted.</summary>
internal sealed class ThreadLines(
    WaitingThreads threads, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, SharedReading<IReadOnlyList<ThreadTurn>> shared) : IInboxLines
{
    private const string Kind = "thread";
    private const int Excerpt = 160;

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var turns = await TurnsAsync(poolPairId, caller, cancellationToken);
        var lines = new List<InboxLine>();
        foreach (var waiting in await threads.ListAsync(turns.Keys, cancellationToken))
            lines.Add(await LineAsync(waiting, turns[waiting.Thread.Id], cancellationToken));
        return lines;
    }

    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, Kind) is { } id && (await TurnsAsync(null, caller, cancellationToken)).ContainsKey(id) && await threads.ListAsync([id], cancellationToken) is [var waiting]
            ? await details.FindAsync(waiting.Thread.BatchId, caller, _ => true, cancellationToken)
            : null;

    /// <returns>The threads in which it is their turn, and whether they were mentioned.</returns>
    private async Task<Dictionary<long, bool>> TurnsAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var turns = await shared.ReadAsync(poolPairId, () => threads.ListTurnsAsync(poolPairId, CancellationToken.None), cancellationToken);
        return turns.Where(x => IsTheirs(x, caller)).GroupBy(x => x.ThreadId).ToDictionary(x => x.Key, x => x.Any(turn => turn.IsMentioned));
    }

    // About a message: for who may read messages, in the whole pool pair.
    private static bool IsTheirs(ThreadTurn turn, Caller caller) =>
        turn.Account == caller.Name && (turn.IsMentioned || caller.Has(Role.Planner))
        && (turn.AnchorKind != AnchorKind.Message || Rights.Reaches(caller, turn.PoolPairId, Role.Approver, Role.Auditor));

    private async Task<InboxLine> LineAsync(WaitingThread waiting, bool isMentioned, CancellationToken cancellationToken)
    {
        var (thread, last) = (waiting.Thread, waiting.Last);
        var by = await names.FindAsync(last.By, cancellationToken);
        var nameOf = await names.ByNumberAsync(MentionTokens.Read(last.Text), cancellationToken);
        return new(
            InboxKeys.Of(Kind, thread.Id), InboxClass.Decide, Icons.Material.Outlined.Forum, Tone.Run,
            texts[isMentioned ? "Mentioned" : "Asked", waiting.BatchName],
            texts["Said", by, CommentHtml.Excerpt(last.Text, nameOf, Excerpt)], last.At,
            Urls.BatchThread(thread.BatchId, thread.Id, waiting.PoolPairId), texts["OpenThread"])
        {
            BatchId = thread.BatchId,
            State = last.Id.ToString(CultureInfo.InvariantCulture),
        };
    }
}
