using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn;

namespace MigrationPortal.Reviews.BreakGlass;

/// <param name="Reason">Why the approvals cannot be waited for.</param>
/// <param name="Reference">The change or incident elsewhere.</param>
internal sealed record AskBreakGlass(long BatchId, string? Reason, string? Reference);

/// <summary>An operator asks for an emergency start of a batch that is in review or approved. Nothing changes until another person confirms it.</summary>
internal sealed class AskBreakGlassHandler(
    IDbContextFactory<PortalDbContext> databases, ReviewRounds rounds, FreshRights rights, BatchTimeline timeline, BatchRefusals refusals, TimeProvider clock)
{
    public const string Doing = "ask-break-glass";

    public const int MaxReference = 200;

    public static readonly BatchState[] From = [BatchState.InReview, BatchState.Approved];

    private const string Rule = "Rule.BreakGlass";

    public async Task<Outcome<BreakGlassRequest>> HandleAsync(AskBreakGlass request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        var reason = BatchText.Reason(request.Reason, "Text.BreakGlassReason");
        if (!reason.IsDone)
            return reason.Refusal;
        var reference = BatchText.Reason(request.Reference, "Text.BreakGlassReference");
        if (!reference.IsDone)
            return reference.Refusal;
        if (reference.Value.Length > MaxReference)
            return new Refusal("break-glass-reference", RefusalKind.Invalid, MaxReference);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BreakGlassLock.TakeAsync(db, found.Value.PoolPairId, request.BatchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(request.BatchId);
        var live = (await rounds.ListLiveAsync(db, batch, cancellationToken)).FirstOrDefault(x => x.Review.Kind == ReviewKind.Plan);
        if (live is null || !From.Contains(batch.State))
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        if (await RefuseAsync(db, live, cancellationToken) is { } unfit)
            return unfit;
        return await KeepAsync(db, live, new(batch.Id, reason.Value, reference.Value), caller, async () => await transaction.CommitAsync(cancellationToken), cancellationToken);
    }

    private async Task<Refusal?> RefuseAsync(PortalDbContext db, ReviewRead live, CancellationToken cancellationToken)
    {
        var batch = live.Batch;
        if (!live.Case.Policy.BreakGlass)
            return new("break-glass-off", RefusalKind.Conflict, batch.Name);
        if (batch.Fingerprint != live.Review.Fingerprint)
            return new("plan-changed.plan", RefusalKind.Conflict, batch.Name);
        if (await BatchReads.Findings(db).AnyAsync(x => x.BatchId == batch.Id && x.Severity == Severity.Blocker, cancellationToken))
            return new("break-glass-blocked", RefusalKind.Conflict, batch.Name);
        await BreakGlassLock.LapseAsync(db, batch.PoolPairId, clock.GetUtcNow(), cancellationToken);
        var other = await (
            from one in BreakGlassReads.All(db)
            join its in BatchReads.All(db) on one.BatchId equals its.Id
            where one.PoolPairId == batch.PoolPairId && one.State != BreakGlassState.Lapsed && one.State != BreakGlassState.Withdrawn && one.Verdict == null
            select new { its.Name, one.State }).FirstOrDefaultAsync(cancellationToken);
        return other is null ? null : new(other.State == BreakGlassState.Asked ? "break-glass-open.asked" : "break-glass-open", RefusalKind.Conflict, other.Name);
    }

    private async Task<Outcome<BreakGlassRequest>> KeepAsync(
        PortalDbContext db, ReviewRead live, AskBreakGlass request, Caller caller, Func<Task> commit, CancellationToken cancellationToken)
    {
        var (batch, now) = (live.Batch, clock.GetUtcNow());
        var asked = new BreakGlassRequest
        {
            BatchId = batch.Id,
            PoolPairId = batch.PoolPairId,
            ReviewId = live.Review.Id,
            Fingerprint = live.Review.Fingerprint,
            AskedBy = caller.Name,
            AskedPersonId = caller.PersonId,
            AskedAt = now,
            Reason = request.Reason!,
            Reference = request.Reference!,
        };
        db.Add(asked);
        await db.SaveChangesAsync(cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["reason"] = asked.Reason, ["reference"] = asked.Reference, ["fingerprint"] = asked.Fingerprint, ["request"] = BreakGlassLock.Text(asked.Id),
        };
        var detail = new Wording("Detail.BreakGlass", asked.Reference, asked.Reason);
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BreakGlassEvents.Asked, batch.State, batch.State, detail, values), cancellationToken);
        await commit();
        timeline.Announce(batch);
        return asked;
    }
}
