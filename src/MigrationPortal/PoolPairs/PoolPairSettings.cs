namespace MigrationPortal.PoolPairs;

/// <summary>The section <c>PoolPairs</c>, as written: words are judged by <see cref="ValidatePoolPairs"/>, so that each mistake can name its key.</summary>
internal sealed class PoolPairsSettings
{
    public const string Section = "PoolPairs";

    public List<PoolPairSettings> Pairs { get; set; } = [];
}

internal sealed class PoolPairSettings
{
    /// <summary>In every page's address; by default made from the name.</summary>
    public string? Id { get; set; }
    public string? Name { get; set; }
    public PoolSettings Legacy { get; set; } = new();
    public PoolSettings New { get; set; } = new();

    public string EffectiveId => string.IsNullOrWhiteSpace(Id) ? PoolPairId.FromName(Name ?? "") : Id;
}

internal sealed class PoolSettings
{
    public string? Product { get; set; }
    public string? Provider { get; set; }
    public string? ConnectionString { get; set; }
    /// <summary>Legacy only: where compliance records stand when they have a database of their own.</summary>
    public string? ComplianceConnectionString { get; set; }
    /// <summary>The directory of the uploads, as this machine reaches it; empty: the portal does not look at this pool's files.</summary>
    public string? FileStore { get; set; }
    public string? PoolFqdn { get; set; }
}
