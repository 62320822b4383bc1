using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.BreakGlass;

internal sealed record ConfirmBreakGlass(long Id);

/// <summary>
/// A second person confirms an emergency start: from then on the judge counts it in place of approvals, for the plan that was asked for. At
/// least one of the two took no part in the work.
/// </summary>
internal sealed class ConfirmBreakGlassHandler(
    IDbContextFactory<PortalDbContext> databases, ReviewRounds rounds, RejudgeReviews rejudge, PeopleRights people, FreshRights rights, BatchTimeline timeline, TimeProvider clock)
{
    public const string Doing = "confirm-break-glass";

    public static readonly Role[] Roles = [Role.Operator, Role.Approver];

    public async Task<Outcome<BreakGlassRequest>> HandleAsync(ConfirmBreakGlass request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAnyAsync(caller, Doing, Roles, cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BreakGlassInReach.FindAsync(db, request.Id, caller, Roles, Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var seen = found.Value;
        if (seen.AskedBy == caller.Name)
            return new Refusal("break-glass-own", RefusalKind.NotAllowed, caller.DisplayName);
        if (seen.AskedPersonId is { } asker && await people.AskAgainAsync(db, [asker], cancellationToken) is { } silent)
            return silent;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BreakGlassLock.TakeAsync(db, seen.PoolPairId, seen.BatchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(seen.BatchId);
        var asked = await BreakGlassReads.All(db).SingleAsync(x => x.Id == seen.Id, cancellationToken);
        if (await RefuseAsync(db, batch, asked, caller, cancellationToken) is { } refusal)
            return refusal;
        (asked.State, asked.ConfirmedBy, asked.ConfirmedPersonId, asked.ConfirmedAt) = (BreakGlassState.Confirmed, caller.Name, caller.PersonId, clock.GetUtcNow());
        await db.Set<BreakGlassRequest>().Where(x => x.Id == asked.Id && x.State == BreakGlassState.Asked).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.State, asked.State)
                .SetProperty(x => x.ConfirmedBy, asked.ConfirmedBy)
                .SetProperty(x => x.ConfirmedPersonId, asked.ConfirmedPersonId)
                .SetProperty(x => x.ConfirmedAt, asked.ConfirmedAt),
            cancellationToken);
        List<TimelineEntry> steps = [StepOf(batch, asked, caller), .. await rejudge.JudgeAsync(db, batch, caller, cancellationToken)];
        await timeline.RecordAsync(db, batch, steps, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return asked;
    }

    private async Task<Refusal?> RefuseAsync(PortalDbContext db, Batch batch, BreakGlassRequest asked, Caller caller, CancellationToken cancellationToken)
    {
        if (BreakGlassInReach.RefuseClosed(asked, batch, clock.GetUtcNow()) is { } closed)
            return closed;
        var live = (await rounds.ListLiveAsync(db, batch, cancellationToken)).FirstOrDefault(x => x.Review.Id == asked.ReviewId);
        if (live is null || !AskBreakGlassHandler.From.Contains(batch.State) || batch.Fingerprint != asked.Fingerprint)
            return new("break-glass-void", RefusalKind.Conflict, batch.Name);
        if (!live.Case.Policy.BreakGlass)
            return new("break-glass-off", RefusalKind.Conflict, batch.Name);
        if (live.Exclusions.ContainsKey(asked.AskedBy) && live.Exclusions.ContainsKey(caller.Name))
            return new("break-glass-both", RefusalKind.NotAllowed, caller.DisplayName, batch.Name);
        return null;
    }

    private static TimelineEntry StepOf(Batch batch, BreakGlassRequest asked, Caller caller) => new(
        caller, BreakGlassEvents.Confirmed, batch.State, batch.State, new("Detail.BreakGlass", asked.Reference, asked.Reason),
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["askedBy"] = asked.AskedBy, ["reason"] = asked.Reason, ["reference"] = asked.Reference, ["fingerprint"] = asked.Fingerprint, ["request"] = BreakGlassLock.Text(asked.Id),
        });
}
