using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews;

/// <param name="Reason">Needed: the planner has to know what to change.</param>
internal sealed record SendBack(long BatchId, string? Reason);

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
        if (await DecideRequest.FindOpenAsync(db, request.BatchId, cancellationToken) is { } wish)
            return await requests.SendBackAsync(db, wish, reason.Value, caller, cancellationToken);
        var batch = await BatchReads.FindAsync(db, request.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(request.BatchId);
        if (await BatchScope.RefuseAsync(db, caller, "send-back", Role.Approver, batch, cancellationToken) is { } outside)
            return outside;
        var review = await ReviewQueries.FindOpenAsync(db, batch.Id, cancellationToken);
        if (batch.State != BatchState.InReview || review is null)
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        return await ends.SendBackAsync(db, batch, review, reason.Value, caller, () => refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken), cancellationToken);
    }
}
