using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.CutOver;

/// <summary>How far one of the documented steps is, for one pool pair. A step that nobody touched has no row.</summary>
public sealed class CutOverStep
{
    public required string PoolPairId { get; init; }
    /// <summary>Microsoft's number, from 1 to 13: also the order.</summary>
    public required int Number { get; init; }
    /// <summary>Who sees to it, in whatever words the team uses.</summary>
    public string? Owner { get; set; }
    public string? DoneBy { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    /// <summary>What shows that it was done, or why it is not needed here.</summary>
    public string? Evidence { get; set; }
    /// <summary>Counts every change, so that two people do not overwrite each other.</summary>
    public int Version { get; set; }
}

internal sealed class CutOverStepTable : IEntityTypeConfiguration<CutOverStep>
{
    public void Configure(EntityTypeBuilder<CutOverStep> builder) =>
        builder.ToTable("cut_over_steps").HasKey(x => new { x.PoolPairId, x.Number });
}
