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
    WaitingThreads threads, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, SharedReading<ThreadLines.Waiting> shared) : IInboxLines
{
    private const string Kind = "thread";
    private const int Excerpt = 160;

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var waiting = await ReadAsync(poolPairId, cancellationToken);
        var turns = TurnsOf(waiting, caller);
        var lines = new List<InboxLine>();
        foreach (var thread in waiting.Threads.Where(x => turns.ContainsKey(x.Id)))
            lines.Add(await LineAsync(thread, turns[thread.Id], cancellationToken));
        return lines;
    }

    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (InboxKeys.Read(key, Kind) is not { } id)
            return null;
        var waiting = await ReadAsync(null, cancellationToken);
        return TurnsOf(waiting, caller).ContainsKey(id) && waiting.Threads.FirstOrDefault(x => x.Id == id) is { } found
            ? await details.FindAsync(found.BatchId, caller, _ => true, cancellationToken)
            : null;
    }

    private Task<Waiting> ReadAsync(string? poolPairId, CancellationToken cancellationToken) => shared.ReadAsync(
        poolPairId,
        async () =>
        {
            var turns = await threads.ListTurnsAsync(poolPairId, CancellationToken.None);
            return new Waiting(turns, await threads.ListAsync([.. turns.Select(x => x.ThreadId).Distinct()], CancellationToken.None));
        },
        cancellationToken);

    /// <returns>The threads in which it is their turn, and whether they were mentioned.</returns>
    private static Dictionary<long, bool> TurnsOf(Waiting waiting, Caller caller) =>
        waiting.Turns.Where(x => IsTheirs(x, caller)).GroupBy(x => x.ThreadId).ToDictionary(x => x.Key, x => x.Any(turn => turn.IsMentioned));

    // About a message: for who may read messages, in the whole pool pair.
    private static bool IsTheirs(ThreadTurn turn, Caller caller) =>
        turn.Account == caller.Name && (turn.IsMentioned || caller.Has(Role.Planner))
        && (turn.AnchorKind != AnchorKind.Message || Rights.Reaches(caller, turn.PoolPairId, Role.Approver, Role.Auditor));

    private async Task<InboxLine> LineAsync(WaitingThread waiting, bool isMentioned, CancellationToken cancellationToken)
    {
        var last = waiting.Last;
        var by = await names.FindAsync(last.By, cancellationToken);
        var nameOf = await names.ByNumberAsync(MentionTokens.Read(last.Text), cancellationToken);
        return new(
            InboxKeys.Of(Kind, waiting.Id), InboxClass.Decide, PortalIcons.Forum, Tone.Run,
            texts[isMentioned ? "Mentioned" : "Asked", waiting.BatchName],
            texts["Said", by, CommentHtml.Excerpt(last.Text, nameOf, Excerpt)], last.At,
            Urls.BatchThread(waiting.BatchId, waiting.Id, waiting.PoolPairId), texts["OpenThread"])
        {
            BatchId = waiting.BatchId,
            State = last.Id.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Of everybody; whose turn each is, is judged when somebody asks.</summary>
    internal sealed record Waiting(IReadOnlyList<ThreadTurn> Turns, IReadOnlyList<WaitingThread> Threads);
}
