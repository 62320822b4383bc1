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

/// <summary>Open threads in which it is the person's turn: somebody mentioned them, or wrote last about a batch that is theirs.</summary>
internal sealed class ThreadLines(
    WaitingThreads threads, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, SharedReading<IReadOnlyList<WaitingThread>> shared) : IInboxLines
{
    private const string Kind = "thread";
    private const int Excerpt = 160;

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var lines = new List<InboxLine>();
        foreach (var waiting in (await ReadAsync(poolPairId, cancellationToken)).Where(x => IsTheirs(x, caller)))
            lines.Add(await LineAsync(waiting, caller, cancellationToken));
        return lines;
    }

    public async Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, Kind) is { } id && (await ReadAsync(null, cancellationToken)).FirstOrDefault(x => x.Thread.Id == id && IsTheirs(x, caller)) is { } waiting
            ? await details.FindAsync(waiting.Thread.BatchId, caller, _ => true, cancellationToken)
            : null;

    private Task<IReadOnlyList<WaitingThread>> ReadAsync(string? poolPairId, CancellationToken cancellationToken) =>
        shared.ReadAsync(poolPairId, () => threads.ListAsync(poolPairId, CancellationToken.None), cancellationToken);

    // About a message: for who may read messages, in the whole pool pair.
    private static bool IsTheirs(WaitingThread waiting, Caller caller) =>
        (waiting.AwaitsMentioned(caller.Name) || (caller.Has(Role.Planner) && waiting.AwaitsAuthor(caller.Name)))
        && (waiting.Thread.AnchorKind != AnchorKind.Message || Rights.Reaches(caller, waiting.PoolPairId, Role.Approver, Role.Auditor));

    private async Task<InboxLine> LineAsync(WaitingThread waiting, Caller caller, CancellationToken cancellationToken)
    {
        var (thread, last) = (waiting.Thread, waiting.Last);
        var by = await names.FindAsync(last.By, cancellationToken);
        return new(
            InboxKeys.Of(Kind, thread.Id), InboxClass.Decide, Icons.Material.Outlined.Forum, Tone.Run,
            texts[waiting.AwaitsMentioned(caller.Name) ? "Mentioned" : "Asked", waiting.BatchName],
            texts["Said", by, CommentHtml.Excerpt(last.Text, names.FindById, Excerpt)], last.At,
            Urls.BatchThread(thread.BatchId, thread.Id, waiting.PoolPairId), texts["OpenThread"])
        {
            BatchId = thread.BatchId,
            State = last.Id.ToString(CultureInfo.InvariantCulture),
        };
    }
}
