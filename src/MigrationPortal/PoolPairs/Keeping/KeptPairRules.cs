using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>Whether work goes on in a pair right now, which needs its connections as they are; Batches says.</summary>
internal interface IPairWork
{
    /// <returns>The name of a batch that is being run or undone; null when none is.</returns>
    Task<string?> FindAsync(string poolPairId, CancellationToken cancellationToken);
}

/// <summary>Who may keep a pool pair, and when.</summary>
internal sealed class KeptPairRules(
    IOptions<PoolPairsSettings> configured, IOptions<AdministrationOptions> administration, IConfiguration configuration, ConnectionSeal seal, IEnumerable<IPairWork> work)
{
    public async Task<Refusal?> RefuseAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "edit-pool-pairs") is { } refusal)
            return refusal;
        if (!administration.Value.EditPoolPairs)
            return new Refusal("pool-pairs-by-configuration", RefusalKind.Conflict, AdministrationOptions.EditPoolPairsKey);
        if (configured.Value.Pairs.Exists(x => x.EffectiveId == id))
            return new Refusal("pool-pair-configured", RefusalKind.Conflict, id);
        foreach (var feature in work)
        {
            if (await feature.FindAsync(id, cancellationToken) is { } batch)
                return new Refusal("pool-pair-busy", RefusalKind.Conflict, id, batch);
        }

        return null;
    }

    /// <summary>Everything that is wrong with the pair beside those of the configuration and the other kept ones.</summary>
    /// <param name="others">Those of which nobody knows the database any more take no part.</param>
    public Refusal? Check(PoolPairSettings settings, IEnumerable<KeptPoolPair> others) => Mistakes(settings, others) is { Count: > 0 } mistakes
        ? new Refusal("invalid-pool-pair", RefusalKind.Invalid, mistakes.Select(x => x.Word(key => key.Path)))
        : null;

    public IReadOnlyList<PairMistake> Mistakes(PoolPairSettings settings, IEnumerable<KeptPoolPair> others)
    {
        List<NamedPair> all = [.. configured.Value.Named, .. others.Select(x => (x.Id, Open: seal.Open(x))).Where(x => x.Open is not null).Select(x => new NamedPair(x.Id, x.Open!)), new("", settings)];
        var portal = configuration[DataOptions.ConnectionStringKey];
        // What is wrong without it is not this pair's.
        var before = PoolPairRules.Check(all[..^1], portal).Select(x => x.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. PoolPairRules.Check(all, portal).Where(x => !before.Contains(x.ToString()))];
    }
}
