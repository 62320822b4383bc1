using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms.Deciding;

public enum AcceptanceState
{
    Open,
    Confirmed,
    /// <summary>By an approver, or withdrawn by whoever proposed it.</summary>
    Rejected,
    /// <summary>What differs had changed, and a newer proposal took its place.</summary>
    Replaced,
}

/// <summary>That a room's messages may stay as different as they are, until a second person decides about it.</summary>
internal sealed class AcceptanceProposal
{
    public long Id { get; init; }
    public required long RoomId { get; init; }
    public required string PoolPairId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }
    /// <summary>Copied from <see cref="RoomPair.Differences"/>.</summary>
    public List<string> Differences { get; init; } = [];
    /// <summary>Copied from <see cref="RoomPair.MessageDifference"/>.</summary>
    public required string Messages { get; init; }
    public AcceptanceState State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedReason { get; set; }
}

internal sealed class AcceptanceProposalTable : IEntityTypeConfiguration<AcceptanceProposal>
{
    public void Configure(EntityTypeBuilder<AcceptanceProposal> builder)
    {
        builder.ToTable("acceptance_proposals").HasKey(x => x.Id);
        builder.HasIndex(x => x.RoomId, "ux_acceptance_proposals_open").IsUnique().HasFilter("state = 'Open'");
    }
}
