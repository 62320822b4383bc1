using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Planning;

/// <param name="WasApproved">Since the last approved plan; else since the last submitted one.</param>
/// <param name="By">Who approved (or submitted) the plan it is compared with.</param>
/// <param name="Lines">At most <see cref="MaxLines"/>.</param>
internal sealed record PlanChange(
    bool WasApproved, string By, DateTimeOffset At, IReadOnlyList<OptionDifference> Options, IReadOnlyList<ChangedLine> Lines, bool HasMore)
{
    public const int MaxLines = 200;

    public bool IsEmpty => Options.Count == 0 && Lines.Count == 0;
}

/// <param name="Old">Null when the line is new.</param>
/// <param name="New">Null when the line is gone.</param>
internal sealed record ChangedLine(string Kind, string Subject, string? Property, string? Old, string? New, long? RoomId, long? MessageCount = null);

/// <summary>What changed between the plan of a batch and the one people last said yes to.</summary>
internal sealed class PlanDifference(IDbContextFactory<PortalDbContext> databases, IReviewedPlans reviewed)
{
    /// <summary>Null when there is nothing to compare with, or nothing changed since.</summary>
    public async Task<PlanChange?> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);
        if (batch?.Fingerprint is null || !batch.State.IsEditable() || batch.State == BatchState.Approved)
            return null;
        var before = await reviewed.FindLastAsync(db, batchId, batch.ApprovedFingerprint, cancellationToken);
        if (before is null || before.Fingerprint == batch.Fingerprint)
            return null;
        var now = await HeadAsync(db, batchId, batch.Fingerprint, cancellationToken);
        var then = await HeadAsync(db, batchId, before.Fingerprint, cancellationToken);
        if (now is null || then is null)
            return null;

        var lines = await PlanLinesBetween.ReadAsync(db, then.Id, now.Id, cancellationToken);
        return new PlanChange(
            before.WasApproved,
            before.By,
            before.At,
            OptionDifference.Between(then.Options, now.Options),
            [.. lines.Take(PlanChange.MaxLines)],
            lines.Count > PlanChange.MaxLines);
    }

    private static Task<PlanHead?> HeadAsync(PortalDbContext db, long batchId, string fingerprint, CancellationToken cancellationToken) =>
        db.Set<BatchPlan>().AsNoTracking()
            .Where(x => x.BatchId == batchId && x.Fingerprint == fingerprint)
            .OrderByDescending(x => x.Id)
            .Select(x => new PlanHead(x.Id, x.ScanId, x.BatchVersion, x.Fingerprint, x.ComputedAt, x.MessageCount, x.Totals, x.Options))
            .FirstOrDefaultAsync(cancellationToken);
}
