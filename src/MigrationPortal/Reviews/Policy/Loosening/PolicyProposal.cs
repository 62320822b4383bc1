using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Reviews.Policy.Loosening;

public enum ProposalState
{
    Open,
    Confirmed,
    /// <summary>By another administrator, or taken back by whoever proposed it.</summary>
    Rejected,
    /// <summary>A newer proposal or another policy took its place.</summary>
    Replaced,
}

/// <summary>A policy that asks for less than the one that applies, until a second administrator decides about it.</summary>
public sealed class PolicyProposal
{
    public long Id { get; init; }
    public required string PoolPairId { get; init; }
    /// <summary>The version that it would replace.</summary>
    public required int Seen { get; init; }
    public required ReviewPolicy Body { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }
    public bool AlsoOpen { get; init; }
    public ProposalState State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedReason { get; set; }
}

internal sealed class PolicyProposalTable : IEntityTypeConfiguration<PolicyProposal>
{
    public void Configure(EntityTypeBuilder<PolicyProposal> builder)
    {
        builder.ToTable("policy_proposals").HasKey(x => x.Id);
        builder.Property(x => x.Body).HasConversion<JsonValue<ReviewPolicy>>().HasColumnType("jsonb");
        builder.HasIndex(x => x.PoolPairId, "ux_policy_proposals_open").IsUnique().HasFilter("state = 'Open'");
    }
}
