using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

/// <summary>One legacy pool and the one new pool it moves to. The configuration holds its connections, this row what people decided.</summary>
public sealed class PoolPair
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required string LegacyName { get; set; }
    public required string NewName { get; set; }
    public required string LegacyProduct { get; set; }
    public required string NewProduct { get; set; }
    public PlanOptions Options { get; set; } = new();
    /// <summary>Counts every change of the options: their ETag.</summary>
    public int OptionsVersion { get; set; }
    /// <summary>The scan whose inventory everybody sees; swapped in the transaction that loaded it.</summary>
    public long? CurrentScanId { get; set; }
    /// <summary>Order in the configuration; the first is the one a page shows without <c>?pair=</c>.</summary>
    public int Ordinal { get; set; }
    /// <summary>False once the pair was taken out of the configuration: it stays readable.</summary>
    public bool IsConfigured { get; set; }
}
