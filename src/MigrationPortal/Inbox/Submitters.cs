using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;

namespace MigrationPortal.Inbox;

/// <summary>Who submitted a batch last: what comes back is theirs as much as its author's, who may be away.</summary>
internal sealed class Submitters(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>One statement, however many they are.</summary>
    /// <returns>By batch; without those that nobody ever submitted.</returns>
    public async Task<IReadOnlyDictionary<long, string>> FindAsync(IReadOnlyCollection<long> batchIds, CancellationToken cancellationToken)
    {
        var ids = batchIds.ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await BatchReads.LastSubmissions(db).Where(x => ids.Contains(x.BatchId)).ToDictionaryAsync(x => x.BatchId, x => x.By, cancellationToken);
    }
}
