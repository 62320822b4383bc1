using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;

namespace MigrationPortal.PoolPairs;

/// <summary>The section <c>PoolPairs</c>, as written: words are judged by <see cref="PoolPairRules"/>, so that each mistake can name its key.</summary>
internal sealed class PoolPairsSettings
{
    public const string Section = "PoolPairs";

    public List<PoolPairSettings> Pairs { get; set; } = [];

    /// <summary>Each with its key.</summary>
    public IReadOnlyList<NamedPair> Named => [.. Pairs.Select((pair, i) => new NamedPair(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Section}:{i}"), pair))];
}

public sealed class PoolPairSettings
{
    /// <summary>In every page's address; by default made from the name.</summary>
    public string? Id { get; set; }
    public string? Name { get; set; }
    public PoolSettings Legacy { get; set; } = new();
    public PoolSettings New { get; set; } = new();

    [System.Text.Json.Serialization.JsonIgnore]
    public string EffectiveId => string.IsNullOrWhiteSpace(Id) ? PoolPairId.FromName(Name ?? "") : Id;
}

public sealed class PoolSettings
{
    public string? Product { get; set; }
    public string? Provider { get; set; }
    public string? ConnectionString { get; set; }
    /// <summary>Legacy only: where compliance records stand when they have a database of their own.</summary>
    public string? ComplianceConnectionString { get; set; }
    /// <summary>The directory of the uploads, as this machine reaches it; empty: the portal does not look at this pool's files.</summary>
    public string? FileStore { get; set; }
    public string? PoolFqdn { get; set; }

    public bool IsSameAs(PoolSettings other) =>
        (Product, Provider, ConnectionString, ComplianceConnectionString, FileStore) == (other.Product, other.Provider, other.ConnectionString, other.ComplianceConnectionString, other.FileStore);

    /// <summary>Of a side whose settings were found right.</summary>
    public ChatDatabase ToChat() =>
        new(Enum.Parse<ChatProduct>(Product!, ignoreCase: true), Enum.Parse<SqlProvider>(Provider!, ignoreCase: true), ConnectionString!);

    /// <summary>The same side, reached in another way.</summary>
    public PoolSettings With(string? connectionString, string? complianceConnectionString) => new()
    {
        Product = Product,
        Provider = Provider,
        ConnectionString = connectionString,
        ComplianceConnectionString = complianceConnectionString,
        FileStore = FileStore,
        PoolFqdn = PoolFqdn,
    };
}
