using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Live;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>Removes a kept pair with its connection strings. Its rooms, batches and history stay readable, as of one taken out of the configuration.</summary>
internal sealed class RemovePoolPairHandler(
    IDbContextFactory<PortalDbContext> databases, KeptPairRules rules, KeptPairs effect, AuditTrail audit, LiveFeed feed)
{
    public async Task<Outcome<string>> HandleAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (await rules.RefuseAsync(id, caller, cancellationToken) is { } refusal)
            return refusal;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.Set<KeptPoolPair>().Where(x => x.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
                return new Refusal("not-found.kept-pool-pair", RefusalKind.NotFound, id);
            await audit.RecordAsync(db, caller, "PoolPairRemoved", $"pool-pair:{id}", id, null, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await effect.ApplyAsync(cancellationToken);
        feed.Announce(FollowKeptPairs.Topic);
        feed.Announce($"pair:{id}");
        return id;
    }
}
