using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Runs.Working;

/// <summary>Names the batch that writes into a new pool, for another one that waits for its turn.</summary>
internal sealed class WritersOfPool(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, IEnumerable<IPoolWriters> later)
{
    public async Task<string> DescribeAsync(long batchId, PoolPairConnections pair, CancellationToken cancellationToken)
    {
        // Several pairs may lead into one new pool.
        var pairs = catalog.Pairs.Where(x => PlaceOf(x) == PlaceOf(pair)).Select(x => x.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var others = BatchReads.All(db).Where(x => x.Id != batchId && pairs.Contains(x.PoolPairId));
        // Whoever has a note waits as well.
        var copying = await (
            from batch in others
            join run in db.Set<Run>() on batch.Id equals run.BatchId
            where RunStates.Moving.Contains(run.State) && run.Note == null
            orderby run.StartedAt
            select batch.Name).FirstOrDefaultAsync(cancellationToken);
        if (copying is not null)
            return Sentence($"“{copying}” is being migrated into the same new pool");
        foreach (var writers in later)
        {
            if (await writers.DescribeAsync(db, others, cancellationToken) is { } writing)
                return Sentence($"{writing} in the same new pool");
        }

        return Sentence("something that this portal does not know writes into the new pool, such as another portal or an attempt that was left behind");
    }

    private static string Sentence(string reason) => $"Waiting for its turn: {reason}. It starts by itself when that has ended.";

    private static DatabasePlace? PlaceOf(PoolPairConnections pair) => SqlDialect.For(pair.New.Provider).FindPlace(pair.New.ConnectionString);
}
