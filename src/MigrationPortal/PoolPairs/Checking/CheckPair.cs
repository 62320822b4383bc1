using MigrationPortal.Engine;

namespace MigrationPortal.PoolPairs.Checking;

/// <summary>Both sides of a pair as it is in effect, asked again.</summary>
internal sealed class CheckPair(PoolPairCatalog catalog, CheckSide side, TimeProvider time)
{
    public async Task<Outcome<PairChecks>> HandleAsync(string id, CancellationToken cancellationToken)
    {
        if (catalog.Find(id) is not { } pair)
            return new Refusal("not-found.configured-pool-pair", RefusalKind.NotFound, id);
        var legacy = side.CheckAsync(pair.Legacy, pair.Files?.Legacy, pair.Files is not null, cancellationToken);
        var target = side.CheckAsync(pair.New, pair.Files?.New, pair.Files is not null, cancellationToken);
        return new PairChecks(await legacy, await target, time.GetUtcNow());
    }
}

/// <param name="Settings">As in the configuration; not kept anywhere.</param>
internal sealed record TryPoolSide(bool IsLegacy, PoolSettings Settings);

/// <summary>Tries the settings of one side before they are used. For administrators: the portal connects to wherever they say.</summary>
internal sealed class TryPoolSideHandler(CheckSide side)
{
    public async Task<Outcome<PoolCheck[]>> HandleAsync(TryPoolSide request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Administrator, "edit-pool-pairs") is { } refusal)
            return refusal;
        if (PoolSideCheck.Mistakes("", request.Settings, request.IsLegacy).ToList() is { Count: > 0 } mistakes)
            return new Refusal("invalid-pool-pair", RefusalKind.Invalid, mistakes.Select(x => x.Word(key => key.Path)));
        return await side.CheckAsync(request.Settings.ToChat(), request.Settings.FileStore, hasOtherStore: true, cancellationToken);
    }
}
