using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews.Judging;

/// <summary>
/// Nobody approves their own work: not the author, not who submitted or asked, not whoever edited or acknowledged a warning since the
/// last approval before this round. By account name: a token is its owner, and a name stays with its person.
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
        var ids = rounds.Select(x => x.BatchId).Distinct().ToArray();
        var from = rounds.GroupBy(x => x.BatchId).ToDictionary(x => x.Key, x => x.Min(round => round.SubmittedAt));
        var approvals = await BatchReads.Events(db).Where(x => ids.Contains(x.BatchId) && x.Kind == BatchEventKinds.Approved)
            .Select(x => new { x.BatchId, x.Id, x.At }).ToListAsync(cancellationToken);
        var before = approvals.Where(x => x.At < from[x.BatchId]).GroupBy(x => x.BatchId).ToDictionary(x => x.Key, x => x.Max(one => one.Id));
        // The newest of each kind by each person is enough: one after the last approval excludes.
        var works = await BatchReads.Events(db).Where(x => ids.Contains(x.BatchId) && Work.Contains(x.Kind))
            .GroupBy(x => new { x.BatchId, x.By, x.Kind })
            .Select(x => new Done(x.Key.BatchId, x.Key.By, x.Key.Kind, x.Max(one => one.Id)))
            .ToListAsync(cancellationToken);
        return new(works.Where(x => x.LastId > before.GetValueOrDefault(x.BatchId)).ToLookup(x => x.BatchId));
    }

    public IReadOnlyDictionary<string, Exclusion> Of(Batch batch, Review review)
    {
        var excluded = new Dictionary<string, Exclusion>(StringComparer.Ordinal) { [batch.Author] = Exclusion.Author };
        excluded.TryAdd(review.SubmittedBy, review.Kind == ReviewKind.Plan ? Exclusion.Submitter : Exclusion.Requester);
        foreach (var work in Works[batch.Id])
            excluded.TryAdd(work.By, work.Kind == BatchEventKinds.FindingsAcknowledged ? Exclusion.Acknowledged : Exclusion.Edited);
        return excluded;
    }

    private sealed record Done(long BatchId, string By, string Kind, long LastId);
}
