namespace MigrationPortal.PoolPairs;

internal sealed class PoolPairNames(PoolPairQueries pairs) : IPoolPairNames
{
    public async Task<IReadOnlyList<PoolPairName>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await pairs.ListAsync(cancellationToken)).Select(x => new PoolPairName(x.Id, x.Name))];
}

/// <summary>Read as written: whether it is right is judged at the same time as what asks for it.</summary>
internal sealed class ConfiguredPoolPairs(IConfiguration configuration) : IConfiguredPoolPairs
{
    public bool AreAll => !configuration.GetValue<bool>(AdministrationOptions.EditPoolPairsKey);

    public IReadOnlyList<string> Ids =>
        [.. configuration.GetSection(PoolPairsSettings.Section).Get<List<PoolPairSettings>>()?.Select(x => x.EffectiveId) ?? []];
}
