using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.SignIn;

namespace MigrationPortal.Reviews.BreakGlass;

/// <param name="Text">Needed: what the auditor looked at and found.</param>
internal sealed record ReviewBreakGlass(long Id, BreakGlassVerdict? Verdict, string? Text);

/// <summary>An auditor who is neither of the two says whether a confirmed emergency start was justified. Until then its batch cannot be cut over, and its pool pair has no other one.</summary>
internal sealed class ReviewBreakGlassHandler(IDbContextFactory<PortalDbContext> databases, RejudgeReviews rejudge, FreshRights rights, BatchTimeline timeline, TimeProvider clock)
{
    public const string Doing = "review-break-glass";

    public async Task<Outcome<BreakGlassRequest>> HandleAsync(ReviewBreakGlass request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Auditor, Doing, cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        if (request.Verdict is not { } verdict)
            return new Refusal("break-glass-verdict", RefusalKind.Invalid, Enum.GetNames<BreakGlassVerdict>());
        var text = BatchText.Reason(request.Text, "Text.BreakGlassReview");
        if (!text.IsDone)
            return text.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BreakGlassInReach.FindAsync(db, request.Id, caller, [Role.Auditor], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var seen = found.Value;
        if (seen.AskedBy == caller.Name || seen.ConfirmedBy == caller.Name)
            return new Refusal("break-glass-third", RefusalKind.NotAllowed, caller.DisplayName);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BatchMoves.LockAsync(db, seen.BatchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(seen.BatchId);
        var now = clock.GetUtcNow();
        var reviewed = await db.Set<BreakGlassRequest>()
            .Where(x => x.Id == seen.Id && x.Verdict == null && (x.State == BreakGlassState.Confirmed || x.State == BreakGlassState.Started))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(x => x.Verdict, verdict)
                    .SetProperty(x => x.ReviewedBy, caller.Name)
                    .SetProperty(x => x.ReviewedAt, now)
                    .SetProperty(x => x.ReviewText, text.Value),
                cancellationToken);
        if (reviewed == 0)
            return new Refusal(seen.Verdict is null ? "break-glass-unconfirmed" : "break-glass-reviewed", RefusalKind.Conflict, batch.Name);
        var kind = verdict == BreakGlassVerdict.Justified ? BreakGlassEvents.Justified : BreakGlassEvents.NotJustified;
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["verdict"] = verdict.ToString(), ["comment"] = text.Value, ["request"] = BreakGlassLock.Text(seen.Id) };
        // What has not started yet does not start by one that was not justified.
        var steps = await rejudge.JudgeAsync(db, batch, caller, cancellationToken);
        await timeline.RecordAsync(db, batch, [new TimelineEntry(caller, kind, batch.State, batch.State, Wording.OfText(text.Value), values), .. steps], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        (seen.Verdict, seen.ReviewedBy, seen.ReviewedAt, seen.ReviewText) = (verdict, caller.Name, now, text.Value);
        return seen;
    }
}
