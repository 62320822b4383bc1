using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>
/// Nobody approves their own work: not the author, not who submitted or asked, not whoever edited or acknowledged a warning since the
/// last approval before this round, also together with a submission. By account name: a token is its owner, and a name stays with its person.
/// </summary>
internal sealed class ReviewExclusions
{
    /// <summary>Kinds of events whose maker took part in the work.</summary>
    public static readonly string[] Work = [.. BatchEventKinds.Edits, BatchEventKinds.FindingsAcknowledged];

    private readonly ILookup<long, Done> Works;

    private ReviewExclusions(ILookup<long, Done> works) => Works = works;

    public static async Task<ReviewExclusions> ReadAsync(
        PortalDbContext db, IReadOnlyList<(long BatchId, DateTimeOffset SubmittedAt)> rounds, CancellationToken cancellationToken)
    {
        var from = rounds.GroupBy(x => x.BatchId).Select(x => (BatchId: x.Key, SubmittedAt: x.Min(round => round.SubmittedAt))).ToList();
        var (ids, times, approved, submitted) = (from.ConvertAll(x => x.BatchId).ToArray(), from.ConvertAll(x => x.SubmittedAt).ToArray(), BatchEventKinds.Approved, BatchEventKinds.Submitted);
        var works = await db.Database.SqlQuery<Done>($"""
            select work.batch_id as "BatchId", work.by as "By", work.kind as "Kind" from unnest({ids}, {times}) as round (batch_id, submitted_at)
            cross join lateral (select coalesce(max(e.id), 0) as id from portal.batch_events e where e.batch_id = round.batch_id and e.kind = {approved} and e.at < round.submitted_at) as approval
            join portal.batch_events work on work.batch_id = round.batch_id and work.id > approval.id
                and (work.kind = any ({Work}) or (work.kind = {submitted} and work.detail ->> 'key' = {SubmitBatchHandler.Acknowledged}))
            group by work.batch_id, work.by, work.kind
            """).ToListAsync(cancellationToken);
        return new(works.ToLookup(x => x.BatchId));
    }

    public IReadOnlyDictionary<string, Exclusion> Of(Batch batch, Review review)
    {
        var excluded = new Dictionary<string, Exclusion>(StringComparer.Ordinal) { [batch.Author] = Exclusion.Author };
        excluded.TryAdd(review.SubmittedBy, review.Kind == ReviewKind.Plan ? Exclusion.Submitter : Exclusion.Requester);
        foreach (var work in Works[batch.Id])
            excluded.TryAdd(work.By, work.Kind is BatchEventKinds.FindingsAcknowledged or BatchEventKinds.Submitted ? Exclusion.Acknowledged : Exclusion.Edited);
        return excluded;
    }

    private sealed record Done(long BatchId, string By, string Kind);
}
