using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <param name="Reason">Needed: whoever planned to start has to know.</param>
internal sealed record WithdrawApproval(long BatchId, string? Reason);

/// <summary>Takes the caller's own approval back until what it is for has started; what then lacks approvals is in review again.</summary>
internal sealed class WithdrawApprovalHandler(
    IDbContextFactory<PortalDbContext> databases, ReviewRounds rounds, RejudgeReviews rejudge, BatchTimeline timeline, BatchRefusals refusals)
{
    public async Task<Outcome<long>> HandleAsync(WithdrawApproval request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Approver, "withdraw-approval") is { } refusal)
            return refusal;
        var reason = BatchText.Reason(request.Reason, "Text.WithdrawReason");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BatchMoves.LockAsync(db, request.BatchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(request.BatchId);
        var outside = await BatchScope.RefuseAsync(db, caller, "withdraw-approval", Role.Approver, batch, cancellationToken);
        var own = (await rounds.ListLiveAsync(db, batch, cancellationToken))
            .SelectMany(x => x.Decisions, (read, decision) => (read.Review, Decision: decision))
            .LastOrDefault(x => x.Decision.By == caller.Name && x.Decision.Verdict == Verdict.Approve && x.Decision.LostAt is null);
        // A part is withdrawn by whoever approved it, who reaches no more than that.
        if (outside is not null && own.Decision?.Part is null)
            return outside;
        if (own.Decision is null)
            return await refusals.WrongStateAsync(db, batch.Id, "Rule.Withdraw", cancellationToken);
        var loss = new Loss(LossKind.Withdrawn, caller, Wording.OfText(reason.Value));
        List<TimelineEntry> steps = [.. await rounds.LoseAsync(db, batch, own.Review.Id, own.Decision.Id, loss, batch.State, cancellationToken)];
        steps.AddRange(await rejudge.JudgeAsync(db, batch, caller, cancellationToken));
        await timeline.RecordAsync(db, batch, steps, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return batch.Id;
    }
}
