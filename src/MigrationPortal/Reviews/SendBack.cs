using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews;

/// <param name="Reason">Needed: the planner has to know what to change.</param>
internal sealed record SendBack(long BatchId, string? Reason);

/// <summary>Ends a round that is open, or approved and not started: whoever may decide may find a mistake that those who approved did not see.</summary>
internal sealed class SendBackHandler(IDbContextFactory<PortalDbContext> databases, BatchRefusals refusals, DecideRequest requests, EndReview ends)
{
    private const string Rule = "Rule.SendBack";

    public async Task<Outcome<Decision>> HandleAsync(SendBack request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Approver, "send-back") is { } refusal)
            return refusal;
        var reason = BatchText.Reason(request.Reason, "Text.SendBackReason");
        if (!reason.IsDone)
            return reason.Refusal;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var review = await ReviewQueries.Live(db).Where(x => x.BatchId == request.BatchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (review is { Kind: not ReviewKind.Plan })
            return await requests.SendBackAsync(db, review, reason.Value, caller, cancellationToken);
        var batch = await BatchReads.FindAsync(db, request.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(request.BatchId);
        if (await BatchScope.RefuseAsync(db, caller, "send-back", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        if (review is null)
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        return await ends.SendBackAsync(db, review, reason.Value, caller, () => refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken), cancellationToken);
    }
}
