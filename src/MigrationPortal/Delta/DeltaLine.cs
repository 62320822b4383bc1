using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Delta;

/// <summary>One change that people decide about, as it was when the delta was requested; all of them are kept.</summary>
internal sealed class DeltaLine
{
    public long DeltaId { get; init; }
    /// <summary>Its place in the order of <see cref="DeltaOrder"/>, from 1.</summary>
    public required int Number { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    /// <summary>Two rooms may have one name. Null where it is about a category, and in what was requested before this was kept.</summary>
    public long? RoomId { get; init; }
    public string? Property { get; init; }
    public string? Old { get; init; }
    public string? New { get; init; }

    public DeltaChange ToChange() => new(Kind, Subject, Property, Old, New) { RoomId = RoomId };
}

internal sealed class DeltaLineTable : IEntityTypeConfiguration<DeltaLine>
{
    public void Configure(EntityTypeBuilder<DeltaLine> builder)
    {
        builder.ToTable("delta_lines").HasKey(x => new { x.DeltaId, x.Number });
        builder.HasOne<DeltaRequest>().WithMany().HasForeignKey(x => x.DeltaId).HasConstraintName("fk_delta_lines_delta").OnDelete(DeleteBehavior.Cascade);
    }
}
