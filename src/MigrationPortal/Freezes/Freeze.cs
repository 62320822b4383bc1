using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Freezes;

/// <summary>
/// The switch that stops new starts: one row for all pool pairs, which is always there, and one for each pair that was ever frozen by itself.
/// A row is changed, never deleted.
/// </summary>
internal sealed class Freeze
{
    /// <summary>The scope of the row for all pool pairs. No pair can have this id.</summary>
    public const string All = "*";

    /// <summary><see cref="All"/>, or a pool pair's id.</summary>
    public required string Scope { get; init; }

    public required bool IsFrozen { get; set; }

    public required string By { get; set; }

    public required DateTimeOffset At { get; set; }

    public required string Reason { get; set; }

    /// <summary>When it was meant to end: shown, but nothing is lifted by itself.</summary>
    public DateTimeOffset? Until { get; set; }
}

internal sealed class FreezeTable : IEntityTypeConfiguration<Freeze>
{
    public void Configure(EntityTypeBuilder<Freeze> builder) => builder.ToTable("freezes").HasKey(x => x.Scope);
}
