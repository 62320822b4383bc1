using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Runs.Working;

/// <summary>Names the batch that writes into a new pool, for another one that waits for its turn.</summary>
internal sealed class WritersOfPool(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, IEnumerable<IPoolWriters> later)
{
    public async Task<Wording> DescribeAsync(long batchId, PoolPairConnections pair, CancellationToken cancellationToken)
    {
        var pairs = PairsInto(pair);
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
            return new("Wait.Turn.Run", copying);
        foreach (var writers in later)
        {
            if (await writers.DescribeAsync(db, others, cancellationToken) is { } writing)
                return writing;
        }

        return new("Wait.Turn.Unknown");
    }

    /// <summary>Several pairs may lead into one new pool.</summary>
    public IReadOnlyList<string> PairsInto(PoolPairConnections pair) => [.. catalog.Pairs.Where(x => PlaceOf(x) == PlaceOf(pair)).Select(x => x.Id)];

    private static DatabasePlace? PlaceOf(PoolPairConnections pair) => SqlDialect.For(pair.New.Provider).FindPlace(pair.New.ConnectionString);
}
