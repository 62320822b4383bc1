using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Viewing;

/// <param name="Guid">nodeGuid in the new pool.</param>
/// <param name="NewName">What a planner chose in place of the rule; null where the rule holds.</param>
/// <param name="IsThere">It is in the new pool already, under a name that stays.</param>
internal sealed record BatchCategoryRow(Guid Guid, string LegacyName, string Name, string? NewName, bool IsThere, int RoomCount);

/// <summary>The categories that a batch's plan needs, and what they will be called.</summary>
internal sealed class BatchCategoryQueries(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Page<BatchCategoryRow>> ListAsync(long batchId, long planId, Paging paging, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(batchId, planId, cancellationToken);
        return new(all.Count, [.. all.Skip(paging.Skip).Take(paging.Take)]);
    }

    /// <summary>All of them, with the plan's document read once.</summary>
    public async IAsyncEnumerable<BatchCategoryRow> StreamAsync(long batchId, long planId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in await ReadAsync(batchId, planId, cancellationToken))
            yield return row;
    }

    private async Task<IReadOnlyList<BatchCategoryRow>> ReadAsync(long batchId, long planId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var document = await db.Set<BatchPlan>().Where(x => x.Id == planId).Select(x => x.Document).FirstOrDefaultAsync(cancellationToken);
        if (document is null)
            return [];
        var plan = PlanDocument.Read(document);
        var chosen = await db.Set<BatchCategory>().AsNoTracking().Where(x => x.BatchId == batchId).ToDictionaryAsync(x => x.Category, x => x.NewName, cancellationToken);
        var rooms = plan.Rooms.CountBy(x => x.Category).ToDictionary(x => x.Key, x => x.Value);
        var planned = plan.Categories.Select(x => new BatchCategoryRow(
            x.Guid, x.LegacyName, x.Name, chosen.GetValueOrDefault(x.Guid), x.Action == PlannedAction.Reuse, rooms.GetValueOrDefault(x.Guid)));
        // A name binds the other batches of the pair, also once its rooms have left this one: who looks for it finds it here.
        var outlived = chosen.ExceptBy(plan.Categories.Select(x => x.Guid), x => x.Key).OrderBy(x => x.Value, StringComparer.Ordinal).ThenBy(x => x.Key)
            .Select(x => new BatchCategoryRow(x.Key, x.Value, x.Value, x.Value, false, 0));
        return [.. planned, .. outlived];
    }
}
