using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Audit;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Live;

namespace MigrationPortal.PoolPairs.Keeping;

/// <param name="Settings">A connection string that is missing stays as it is kept.</param>
/// <param name="Seen">The version that was changed from; 0 only adds, null takes whatever is there.</param>
/// <param name="Options">Of a pair that the portal did not know; null begins with the defaults.</param>
internal sealed record KeepPoolPair(PoolPairSettings Settings, long? Seen = null, PlanOptions? Options = null);

/// <summary>Adds a pool pair to those that the portal keeps, or changes one; it takes effect on every node without a restart.</summary>
internal sealed class KeepPoolPairHandler(
    IDbContextFactory<PortalDbContext> databases, KeptPairRules rules, ConnectionSeal seal, KeptPairs effect, PoolPairCatalog catalog, SetPairOptionsHandler options,
    IEnumerable<IAfterPairAdded> followers, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    public async Task<Outcome<KeptPoolPair>> HandleAsync(KeepPoolPair request, Caller caller, CancellationToken cancellationToken)
    {
        var id = request.Settings.EffectiveId;
        if (await rules.RefuseAsync(id, caller, cancellationToken) is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two pairs that are kept at once must not share a database.
        await db.Database.ExecuteSqlAsync($"LOCK TABLE portal.kept_pool_pairs IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        var kept = await db.Set<KeptPoolPair>().ToListAsync(cancellationToken);
        var former = kept.Find(x => x.Id == id);
        if (request.Seen is { } seen && seen != (former?.Version ?? 0))
            return new Refusal("stale.pool-pair", RefusalKind.Stale, request.Settings.Name, former?.By ?? "");
        if (former is null && catalog.Find(id) is not null)
            return new Refusal("pool-pair-configured", RefusalKind.Conflict, id);
        // Where the ring cannot open what is kept, its connections are entered again; the pair is the same.
        var isAdded = former is null;
        var known = former is null ? null : seal.Open(former);
        var settings = Complete(request.Settings, known);
        if (rules.Check(settings, kept.Where(x => x.Id != id)) is { } unfit)
            return unfit;
        var (open, closed) = seal.Close(settings);
        if (former is null)
            db.Add(former = new KeptPoolPair { Id = id, Settings = open, Sealed = closed, Version = 1, By = caller.Name, At = time.GetUtcNow() });
        else
            (former.Settings, former.Sealed, former.Version, former.By) = (open, closed, former.Version + 1, caller.Name);
        await db.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(db, caller, isAdded ? "PoolPairAdded" : "PoolPairChanged", $"pool-pair:{id}", id, KeptPairDetails.Between(known, settings), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await effect.ApplyAsync(cancellationToken);
        feed.Announce(FollowKeptPairs.Topic);
        feed.Announce($"pair:{id}");
        if (isAdded)
            await BeginAsync(id, request.Options, caller, cancellationToken);
        return former;
    }

    private async Task BeginAsync(string id, PlanOptions? wanted, Caller caller, CancellationToken cancellationToken)
    {
        if (wanted is not null)
            await options.HandleAsync(new SetPairOptions(id, wanted), caller, cancellationToken);
        foreach (var follower in followers)
            await follower.AfterAddedAsync(id, cancellationToken);
    }

    private static PoolPairSettings Complete(PoolPairSettings settings, PoolPairSettings? known) => new()
    {
        Id = settings.EffectiveId,
        Name = settings.Name?.Trim(),
        Legacy = settings.Legacy.With(
            Or(settings.Legacy.ConnectionString, known?.Legacy.ConnectionString), Or(settings.Legacy.ComplianceConnectionString, known?.Legacy.ComplianceConnectionString)),
        New = settings.New.With(Or(settings.New.ConnectionString, known?.New.ConnectionString), null),
    };

    private static string? Or(string? text, string? known) => string.IsNullOrWhiteSpace(text) ? known : text;
}

/// <summary>What a later feature does once a pair was added; Rooms scans it.</summary>
internal interface IAfterPairAdded
{
    Task AfterAddedAsync(string poolPairId, CancellationToken cancellationToken);
}
