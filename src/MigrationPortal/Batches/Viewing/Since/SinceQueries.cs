using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Viewing.Since;

/// <summary>Finds points in the life of a batch, and what happened since.</summary>
internal sealed class SinceQueries(IDbContextFactory<PortalDbContext> databases, IReviewedPlans reviewed, PlanQueries plans, PlanDifference difference)
{
    /// <summary>More of them make no sentence that anybody reads; the timeline has all.</summary>
    public const int MostEvents = 20;

    // What edits did is told by the values they changed, what a review lost by the edit that ended it.
    private static readonly string[] _told =
    [
        BatchEventKinds.Submitted, BatchEventKinds.ApprovalGiven, BatchEventKinds.Approved, BatchEventKinds.SentBack, BatchEventKinds.Recalled, BatchEventKinds.ReviewReopened,
        BatchEventKinds.FindingsAcknowledged, BatchEventKinds.PlanChanged, BatchEventKinds.PairOptionsChanged,
    ];

    /// <summary>Null for somebody who never looked at it.</summary>
    public async Task<SincePoint?> FindSeenAsync(long batchId, Caller reader, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<BatchSeen>().Where(x => x.BatchId == batchId && x.Person == reader.Name)
            .Select(x => new SincePoint(x.Fingerprint, x.Version, x.EventId, x.At)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Null where nobody approved a plan that is kept.</summary>
    public async Task<SincePoint?> FindApprovedAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var approved = await db.Set<Batch>().Where(x => x.Id == batchId).Select(x => x.ApprovedFingerprint).FirstOrDefaultAsync(cancellationToken);
        return approved is not null && await reviewed.FindLastAsync(db, batchId, approved, cancellationToken) is { WasApproved: true } review
            ? await FindPlanAsync(batchId, review.Fingerprint, review.At, cancellationToken)
            : null;
    }

    /// <param name="at">When it was the plan; null takes when it was computed.</param>
    /// <returns>Null where no plan with that fingerprint is kept.</returns>
    public async Task<SincePoint?> FindPlanAsync(long batchId, string fingerprint, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        if (await plans.FindHeadAsync(batchId, fingerprint, cancellationToken) is not { } plan)
            return null;
        var time = at ?? plan.ComputedAt;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var last = await db.Set<BatchEvent>().Where(x => x.BatchId == batchId && x.At <= time).MaxAsync(x => (long?)x.Id, cancellationToken);
        // Names that the batch was given since took the plan's version forward.
        var renamed = await db.Set<BatchChange>().Where(x => x.BatchId == batchId && x.At > time && x.Version <= plan.BatchVersion).MinAsync(x => (int?)x.Version, cancellationToken);
        return new(fingerprint, renamed - 1 ?? plan.BatchVersion, last ?? 0, time);
    }

    /// <summary>What others changed since, field by field.</summary>
    public async Task<Page<ChangedField>> FieldsAsync(long batchId, SincePoint point, Caller reader, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken) is { } batch && await ChangedFields.AreKnownAsync(db, batch, point.Version, cancellationToken)
            ? await ChangedFields.ListAsync(db, batch, point.Version, reader, paging, cancellationToken) : new(0, []);
    }

    /// <returns>Null where the batch is gone, or has no plan yet.</returns>
    public Task<BatchSince?> ReadAsync(long batchId, SincePoint point, Caller reader, CancellationToken cancellationToken) =>
        ReadAsync(batchId, point, reader, (then, now) => difference.BetweenAsync(batchId, then, now, cancellationToken), cancellationToken);

    /// <summary>Only what <see cref="SinceText"/> tells.</summary>
    /// <returns>Null where the batch is gone, or has no plan yet.</returns>
    public Task<BatchSince?> ReadToTellAsync(long batchId, SincePoint point, Caller reader, CancellationToken cancellationToken) =>
        ReadAsync(batchId, point, reader, (then, now) => difference.ToTellBetweenAsync(then, now, cancellationToken), cancellationToken);

    private async Task<BatchSince?> ReadAsync(
        long batchId, SincePoint point, Caller reader, Func<PlanHead, PlanHead, Task<PlanChange>> compareAsync, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken) is not { Fingerprint: { } fingerprint } batch)
            return null;
        var last = await db.Set<BatchEvent>().Where(x => x.BatchId == batchId).MaxAsync(x => (long?)x.Id, cancellationToken) ?? 0;
        var events = last == point.EventId ? [] : await db.Set<BatchEvent>().AsNoTracking()
            .Where(x => x.BatchId == batchId && x.Id > point.EventId && x.By != reader.Name && _told.Contains(x.Kind))
            .OrderByDescending(x => x.Id).Take(MostEvents).OrderBy(x => x.Id).ToListAsync(cancellationToken);
        var changes = batch.Version != point.Version && await ChangedFields.AreKnownAsync(db, batch, point.Version, cancellationToken)
            ? await ChangedFields.SumAsync(db, batch, point.Version, cancellationToken) : [];
        var (then, now) = fingerprint == point.Fingerprint
            ? default
            : (await plans.FindHeadAsync(batchId, point.Fingerprint, cancellationToken), await plans.FindHeadAsync(batchId, fingerprint, cancellationToken));
        return new(
            new(fingerprint, batch.Version, last, point.At),
            changes.FindAll(x => x.By != reader.Name),
            events.FindAll(x => x.Kind != BatchEventKinds.PlanChanged),
            then is null || now is null ? null : await compareAsync(then, now),
            IsByScan: fingerprint != point.Fingerprint && (events.Exists(x => x.Kind == BatchEventKinds.PlanChanged) || (changes.Count == 0 && then?.ScanId != now?.ScanId)),
            MoreMessages: then is null || now is null ? 0 : Math.Max(0, now.MessageCount - then.MessageCount));
    }
}
