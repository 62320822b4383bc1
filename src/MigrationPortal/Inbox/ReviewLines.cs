using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Open reviews, for approvers.</summary>
internal sealed class ReviewLines(ReviewQueries reviews, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, IStringLocalizer<Counts> counts) : IInboxLines
{
    private const int Most = 200;

    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Approver))
            return [];
        var lines = new List<InboxLine>();
        foreach (var row in (await reviews.ListAsync(caller, poolPairId, new Paging(0, Most), cancellationToken)).Items)
            lines.Add(await LineAsync(row, cancellationToken));
        return lines;
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "review") is { } batch ? details.FindAsync(batch, caller, x => x.State != BatchState.Draft, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private async Task<InboxLine> LineAsync(ReviewRow row, CancellationToken cancellationToken)
    {
        var by = await names.FindAsync(row.SubmittedBy, cancellationToken);
        return new(
            InboxKeys.Of("review", row.BatchId),
            InboxClass.Decide,
            row.Kind == ReviewKind.Undo ? Icons.Material.Outlined.DeleteForever : Icons.Material.Outlined.RateReview,
            row.Kind switch { ReviewKind.Undo => Tone.Bad, ReviewKind.Delta => Tone.Diff, _ => Tone.Run },
            texts[$"Approve{row.Kind}", row.BatchName],
            texts[row.Kind == ReviewKind.Plan ? "SubmittedReason" : "RequestedReason", counts.Count("Rooms", row.RoomCount), counts.Count("Messages", row.MessageCount), by],
            row.SubmittedAt,
            Urls.Batch(row.BatchId, row.Kind switch { ReviewKind.Undo => "undo", ReviewKind.Delta => "delta", _ => null }, row.PoolPairId),
            texts["OpenReview"],
            row.IsOwn ? texts["OwnWork"].Value : row.HasApproved ? texts["HasApproved"].Value : null);
    }
}
