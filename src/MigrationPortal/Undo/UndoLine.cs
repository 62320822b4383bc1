using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Undo;

public enum UndoLineKind
{
    /// <summary>A room that is deleted with everything in it.</summary>
    Room,
    /// <summary>A shared thing that the batch wrote and something else needs.</summary>
    Kept,
}

/// <summary>One line of what was read when the undo was requested: what people decide about, as many as the batch has rooms.</summary>
public sealed class UndoLine
{
    public long UndoId { get; init; }
    public required UndoLineKind Kind { get; init; }
    /// <summary>Its place in the list of its kind, from 1.</summary>
    public required int Number { get; init; }
    /// <summary>As <see cref="UndoSum.What"/>.</summary>
    public required string What { get; init; }
    public required string Subject { get; init; }
    public required long Messages { get; init; }
    public required int People { get; init; }
    /// <summary>Of a room: deleted files that its messages link to. One that several rooms link to counts with each.</summary>
    public int Files { get; init; }
    public long FileBytes { get; init; }
    /// <summary>Name of the batch that it is kept for; null where no batch wrote what needs it.</summary>
    public string? NeededBy { get; init; }
}

internal sealed class UndoLineTable : IEntityTypeConfiguration<UndoLine>
{
    public void Configure(EntityTypeBuilder<UndoLine> builder)
    {
        builder.ToTable("undo_lines").HasKey(x => new { x.UndoId, x.Kind, x.Number });
        builder.HasOne<UndoRequest>().WithMany().HasForeignKey(x => x.UndoId).HasConstraintName("fk_undo_lines_undo").OnDelete(DeleteBehavior.Cascade);
    }
}
