using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.PoolPairs.Keeping;

/// <summary>A pool pair that an administrator added in the portal instead of the configuration.</summary>
internal sealed class KeptPoolPair
{
    public required string Id { get; init; }

    /// <summary>As it would stand in the configuration, without its connection strings.</summary>
    public required PoolPairSettings Settings { get; set; }

    /// <summary>Its connection strings, protected by the key ring.</summary>
    public required string Sealed { get; set; }

    /// <summary>Grows with each change: what was seen is what is replaced, and every node knows what it has read.</summary>
    public required long Version { get; set; }

    public required string By { get; set; }

    public required DateTimeOffset At { get; set; }
}

internal sealed class KeptPoolPairTable : IEntityTypeConfiguration<KeptPoolPair>
{
    public void Configure(EntityTypeBuilder<KeptPoolPair> builder)
    {
        builder.ToTable("kept_pool_pairs").HasKey(x => x.Id);
        builder.Property(x => x.Settings).HasConversion<JsonValue<PoolPairSettings>>().HasColumnType("jsonb");
        builder.Property(x => x.Version).IsConcurrencyToken();
    }
}
