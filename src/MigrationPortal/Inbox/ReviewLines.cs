using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn.People;
using MigrationPortal.Ui;
using MudBlazor;

namespace MigrationPortal.Inbox;

/// <summary>Open reviews, for approvers.</summary>
internal sealed class ReviewLines(LiveReviews reviews, BatchDetails details, PersonNames names, IStringLocalizer<InboxTexts> texts, IStringLocalizer<Counts> counts) : IInboxLines
{
    public async Task<IReadOnlyList<InboxLine>> ListAsync(string? poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Has(Role.Approver))
            return [];
        var (lines, facts) = (new List<InboxLine>(), await reviews.ReadAsync(poolPairId, cancellationToken));
        var reads = facts.Reads.ToDictionary(x => x.Review.Id);
        foreach (var row in facts.Open)
        {
            if (reads.TryGetValue(row.Id, out var read))
                lines.Add(await LineAsync(row, WhyNot(read, caller), cancellationToken));
        }

        return lines;
    }

    public Task<InboxDetail?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        InboxKeys.Read(key, "review") is { } batch ? details.FindAsync(batch, caller, x => x.State != BatchState.Draft, cancellationToken) : Task.FromResult<InboxDetail?>(null);

    private string? WhyNot(ReviewRead read, Caller caller) =>
        read.Exclusions.ContainsKey(caller.Name) ? texts["OwnWork"].Value
        : read.Decisions.Any(x => x.By == caller.Name && x.Verdict == Verdict.Approve && x.LostAt == null) ? texts["HasApproved"].Value
        : null;

    private async Task<InboxLine> LineAsync(ReviewRow row, string? whyNot, CancellationToken cancellationToken)
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
            whyNot);
    }
}
