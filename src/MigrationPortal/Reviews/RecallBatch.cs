using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Reviews.Policy;

namespace MigrationPortal.Reviews;

/// <param name="Reason">May be empty: it is the caller's own work.</param>
internal sealed record RecallBatch(long BatchId, string? Reason = null);

/// <summary>The author, or who submitted it, takes a plan back to Draft; who asked for an undo or a delta takes that request back.</summary>
internal sealed class RecallBatchHandler(IDbContextFactory<PortalDbContext> databases, ReviewRounds rounds, BatchTimeline timeline, BatchRefusals refusals)
{
    private const string Rule = "Rule.Recall";

    public async Task<Outcome<long>> HandleAsync(RecallBatch request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, "recall-batch", Role.Planner, Role.Operator) is { } refusal)
            return refusal;
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason;
        if (reason is not null && BatchText.Comment(reason, "Text.Reason") is { IsDone: false } wrong)
            return wrong.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BatchMoves.LockAsync(db, request.BatchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(request.BatchId);
        var review = await ReviewQueries.Live(db).Where(x => x.BatchId == batch.Id).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (review is null)
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        var isPlan = review.Kind == ReviewKind.Plan;
        if (Rights.Require(caller, isPlan ? Role.Planner : Role.Operator, "recall-batch") is { } lacking)
            return lacking;
        if (caller.Name != review.SubmittedBy && !(isPlan && caller.Name == batch.Author))
            return new Refusal("not-yours", RefusalKind.NotAllowed, batch.Name);
        if (isPlan && !await BatchMoves.RecallAsync(db, batch.Id, cancellationToken))
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        var typed = reason is null ? null : Wording.OfText(reason);
        var to = isPlan ? BatchState.Draft : batch.State;
        var lost = await rounds.EndAsync(db, batch, review.Id, ReviewState.Voided, new Loss(LossKind.Recalled, caller, typed), to, cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["fingerprint"] = review.Fingerprint, ["kind"] = review.Kind.ToString(), ["reason"] = reason };
        var step = new TimelineEntry(caller, BatchEventKinds.Recalled, batch.State, to, typed, values);
        await timeline.RecordAsync(db, batch, [step, .. lost], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return batch.Id;
    }
}
