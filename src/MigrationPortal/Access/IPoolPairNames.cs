namespace MigrationPortal.Access;

internal sealed record PoolPairName(string Id, string Name);

/// <summary>What a role or a token can be bounded to; the feature that has the pool pairs registers it.</summary>
internal interface IPoolPairNames
{
    /// <summary>Those of the configuration first, then those taken out of it.</summary>
    Task<IReadOnlyList<PoolPairName>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>The same before the database is open: what the configuration is judged by.</summary>
internal interface IConfiguredPoolPairs
{
    IReadOnlyList<string> Ids { get; }

    /// <summary>False where administrators add others in the portal, which nobody knows yet.</summary>
    bool AreAll { get; }
}
