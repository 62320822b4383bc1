using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Editing;

internal sealed record DeleteBatch(long BatchId, int? Version = null);

/// <summary>Only a draft can go; what people did to it stays in the audit.</summary>
internal sealed class DeleteBatchHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, IEnumerable<IBatchDependent> dependents)
{
    private const string Rule = "Rule.Delete";

    public async Task<Outcome<long>> HandleAsync(DeleteBatch request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "delete-batch") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == request.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(request.BatchId);
        if (await BatchScope.RefuseAsync(db, caller, "delete-batch", Role.Planner, batch, cancellationToken) is { } outside)
            return outside;
        if (request.Version is { } seen && seen != batch.Version)
            return await refusals.StaleAsync(db, batch, seen, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var id = batch.Id;
        var deleted = await db.Set<Batch>()
            .Where(x => x.Id == id && x.State == BatchState.Draft && x.Version == batch.Version)
            .ExecuteDeleteAsync(cancellationToken);
        if (deleted == 0)
            return await refusals.WrongStateAsync(db, id, Rule, cancellationToken);

        foreach (var dependent in dependents)
        {
            if (await dependent.RefuseDeletionAsync(db, batch, cancellationToken) is { } kept)
                return kept;
        }

        await db.Set<BatchPlan>().Where(x => x.BatchId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<BatchFinding>().Where(x => x.BatchId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<BatchEvent>().Where(x => x.BatchId == id).ExecuteDeleteAsync(cancellationToken);
        foreach (var dependent in dependents)
            await dependent.DeleteAsync(db, id, cancellationToken);
        await timeline.RecordGoneAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.Deleted, BatchState.Draft, null, Wording.OfText(batch.Name)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return id;
    }
}
