using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.Policy;

/// <summary>One version of a pool pair's policy. Versions are only added: a review keeps the one it was submitted under.</summary>
public sealed class PolicyVersion
{
    public required string PoolPairId { get; init; }

    /// <summary>From 1; 0 is the default that was never set.</summary>
    public required int Version { get; init; }

    public required ReviewPolicy Body { get; init; }

    public required string By { get; init; }

    /// <summary>The second administrator, where the policy asks for less than the one before it.</summary>
    public string? ConfirmedBy { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Reason { get; init; }

    /// <summary>It was applied to the reviews that were open or approved then, too.</summary>
    public bool AlsoOpen { get; init; }
}

internal sealed class PolicyVersionTable : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("review_policies").HasKey(x => new { x.PoolPairId, x.Version });
        builder.Property(x => x.Body).HasConversion<JsonValue<ReviewPolicy>>().HasColumnType("jsonb");
    }
}
