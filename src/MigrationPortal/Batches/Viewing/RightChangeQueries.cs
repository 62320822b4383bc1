using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.Batches.Viewing;

internal sealed record RightChangePage(int Gains, int Losses, Page<RightChange> Page);

/// <summary>Who can do more or less once the batch has moved, from the plan that stands now.</summary>
internal sealed class RightChangeQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <param name="gains">Null: both; gains come first.</param>
    /// <returns>Null while there is no plan.</returns>
    public async Task<RightChangePage?> ListAsync(long batchId, bool? gains, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var document = await db.Set<BatchPlan>().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).Select(x => x.Document).FirstOrDefaultAsync(cancellationToken);
        if (document is null)
            return null;
        var changes = PlanDocument.Read(document).RightChanges;
        var shown = changes.Where(x => gains is null || x.IsGain == gains)
            .OrderByDescending(x => x.IsGain).ThenBy(x => x.Person, StringComparer.OrdinalIgnoreCase).ThenBy(x => x.Subject, StringComparer.OrdinalIgnoreCase).ToList();
        var more = changes.Count(x => x.IsGain);
        return new(more, changes.Count - more, new(shown.Count, [.. shown.Skip(paging.Skip).Take(paging.Take)]));
    }
}
