using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;

namespace MigrationPortal.Comments;

/// <summary>What people said about a batch.</summary>
internal sealed class CommentQueries(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Oldest first.</summary>
    public async Task<Page<BatchComment>> ListAsync(long batchId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var comments = db.Set<BatchComment>().AsNoTracking().Where(x => x.BatchId == batchId);
        var total = await comments.LongCountAsync(cancellationToken);
        return new(total, await comments.OrderBy(x => x.Id).Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken));
    }
}
