using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Batches.Planning;

/// <param name="WasApproved">Since the last approved plan; else since the last submitted one.</param>
/// <param name="By">Who approved (or submitted) the plan it is compared with.</param>
/// <param name="Lines">At most <see cref="MaxLines"/>.</param>
public sealed record PlanChange(
    bool WasApproved, string By, DateTimeOffset At, IReadOnlyList<OptionDifference> Options, IReadOnlyList<ChangedLine> Lines, bool HasMore)
{
    public const int MaxLines = 200;

    /// <summary>The plan that it is compared with.</summary>
    public long PlanId { get; init; }

    /// <summary>By rule; empty where the findings of one of the plans are not kept.</summary>
    public IReadOnlyList<ChangedFindings> Findings { get; init; } = [];

    /// <summary>False where one of the plans is older than that: which findings changed is not known then.</summary>
    public bool AreFindingsKept { get; init; } = true;

    /// <summary>By what the categories of the lines are known, by the names that they have now.</summary>
    public IReadOnlyDictionary<string, string> Categories { get; init; } = new Dictionary<string, string>();

    public bool IsEmpty => Options.Count == 0 && Lines.Count == 0 && Findings.Count == 0;
}

/// <summary>What changed between the plan of a batch and the one that was approved or submitted last.</summary>
internal sealed class PlanDifference(IDbContextFactory<PortalDbContext> databases, IReviewedPlans reviewed, PlanQueries plans)
{
    /// <summary>Null when there is nothing to compare with, or nothing changed since.</summary>
    public async Task<PlanChange?> FindAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == batchId, cancellationToken);
        if (batch?.Fingerprint is null || !batch.State.IsEditable() || batch.State is BatchState.Approved or BatchState.Scheduled)
            return null;
        var before = await reviewed.FindLastAsync(db, batchId, batch.ApprovedFingerprint, cancellationToken);
        if (before is null || before.Fingerprint == batch.Fingerprint)
            return null;
        var now = await plans.FindHeadAsync(batchId, batch.Fingerprint, cancellationToken);
        var then = await plans.FindHeadAsync(batchId, before.Fingerprint, cancellationToken);
        if (now is null || then is null)
            return null;

        return await BetweenAsync(db, batchId, then, now, before, cancellationToken);
    }

    /// <summary>Between any two plans of a batch that are kept.</summary>
    public async Task<PlanChange> BetweenAsync(long batchId, PlanHead then, PlanHead now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await BetweenAsync(db, batchId, then, now, new(then.Fingerprint, WasApproved: false, By: "", then.ComputedAt), cancellationToken);
    }

    /// <summary>As above, only what a sentence tells: neither how many rooms an option affects nor what stays of a renamed room.</summary>
    public async Task<PlanChange> ToTellBetweenAsync(PlanHead then, PlanHead now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (lines, wasCut) = await PlanLinesBetween.ReadAsync(db, then.Id, now.Id, cancellationToken);
        return new PlanChange(WasApproved: false, By: "", then.ComputedAt, Options: [], [.. lines.Take(PlanChange.MaxLines)], wasCut || lines.Count > PlanChange.MaxLines)
        {
            PlanId = then.Id,
            Findings = await PlanFindingsBetween.ReadAsync(db, then.Id, now.Id, cancellationToken),
        };
    }

    private static async Task<PlanChange> BetweenAsync(PortalDbContext db, long batchId, PlanHead then, PlanHead now, ReviewedPlan before, CancellationToken cancellationToken)
    {
        var (lines, wasCut) = await PlanLinesBetween.ReadAsync(db, then.Id, now.Id, cancellationToken);
        var findings = await PlanFindingsBetween.ReadAsync(db, then.Id, now.Id, cancellationToken);
        var categories = lines.Take(PlanChange.MaxLines).Where(x => x is { Kind: PlanItemKinds.Category, New: not null }).Select(x => x.Subject).Distinct(StringComparer.Ordinal).ToList();
        return new PlanChange(
            before.WasApproved,
            before.By,
            before.At,
            await OptionReach.CountAsync(db, then, now, batchId, cancellationToken),
            await WithUnchangedAsync(db, now.Id, [.. lines.Take(PlanChange.MaxLines)], cancellationToken),
            wasCut || lines.Count > PlanChange.MaxLines)
        {
            PlanId = then.Id,
            Findings = findings,
            Categories = await CategoryKeys.FindAsync(db, now.Id, categories, cancellationToken),
            AreFindingsKept = findings.Count > 0 || !await db.Set<BatchPlan>().AnyAsync(x => (x.Id == then.Id || x.Id == now.Id) && !x.HasFindings, cancellationToken),
        };
    }

    /// <summary>Null when no plan of the batch was approved, or the approved one was decided about in another way since.</summary>
    public async Task<ApprovedPlan?> FindApprovedAsync(long batchId, string? fingerprint, CancellationToken cancellationToken)
    {
        if (fingerprint is null)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await reviewed.FindLastAsync(db, batchId, fingerprint, cancellationToken) is { WasApproved: true } review && review.Fingerprint == fingerprint
            && await plans.FindHeadAsync(batchId, fingerprint, cancellationToken) is { } plan
                ? new(plan, review.By, review.At)
                : null;
    }

    // Said of a room that only got another name: a reviewer would otherwise have to look whether its people are the same.
    private static async Task<IReadOnlyList<ChangedLine>> WithUnchangedAsync(PortalDbContext db, long planId, List<ChangedLine> lines, CancellationToken cancellationToken)
    {
        var renamed = lines.Where(x => x is { IsRoomItself: true, Old: not null, New: not null }).Select(x => x.RoomId!.Value)
            .Except(lines.Where(x => !x.IsRoomItself && x.RoomId is not null).Select(x => x.RoomId!.Value)).ToArray();
        if (renamed.Length == 0)
            return lines;
        var counts = await db.Set<PlanItem>().Where(x => x.PlanId == planId && renamed.Contains(x.RoomId!.Value) && x.Action == PlanItemActions.Create)
            .GroupBy(x => new { x.RoomId, x.Kind }).Select(x => new { x.Key.RoomId, x.Key.Kind, Count = x.Count(), New = x.Max(y => y.New) }).ToListAsync(cancellationToken);
        var ofRooms = counts.ToLookup(x => x.RoomId);
        int Count(long? room, string kind) => ofRooms[room].FirstOrDefault(x => x.Kind == kind)?.Count ?? 0;
        long Files(long? room) => long.TryParse(ofRooms[room].FirstOrDefault(x => x.Kind == PlanItemKinds.Files)?.New, out var files) ? files : 0;
        return lines.ConvertAll(x => x.IsRoomItself && renamed.Contains(x.RoomId!.Value)
            ? x with { Unchanged = new(Count(x.RoomId, PlanItemKinds.Member), Count(x.RoomId, PlanItemKinds.Manager), Count(x.RoomId, PlanItemKinds.Presenter), Files(x.RoomId)) }
            : x);
    }
}
