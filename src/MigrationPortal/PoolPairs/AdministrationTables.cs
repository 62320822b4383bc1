using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;

namespace MigrationPortal.PoolPairs;

internal sealed class PoolPairTable : IEntityTypeConfiguration<PoolPair>
{
    public void Configure(EntityTypeBuilder<PoolPair> builder)
    {
        builder.ToTable("pool_pairs").HasKey(x => x.Id);
        builder.Property(x => x.Options).HasConversion<JsonValue<PlanOptions>>().HasColumnType("jsonb");
    }
}
