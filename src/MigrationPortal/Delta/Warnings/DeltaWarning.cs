using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Engine;

namespace MigrationPortal.Delta.Warnings;

/// <summary>What a delta warns of itself, as it was when the delta was requested; all of them are kept.</summary>
public sealed class DeltaWarning
{
    public long DeltaId { get; init; }
    /// <summary>From 1; those of a rule stand together.</summary>
    public required int Number { get; init; }
    public required string RuleId { get; init; }
    /// <summary>Null where it is about a category, a person or the pool.</summary>
    public long? RoomId { get; init; }
    public required string Subject { get; init; }
    public required Wording Message { get; init; }
    public Wording? Evidence { get; init; }

    public static IReadOnlyList<DeltaWarning> List(IReadOnlyList<Finding> own, IReadOnlyDictionary<Guid, long> roomIds) =>
    [
        .. own.OrderBy(x => x.RuleId, StringComparer.Ordinal).ThenBy(x => x.Subject, StringComparer.Ordinal).Select((x, i) => new DeltaWarning
        {
            Number = i + 1,
            RuleId = x.RuleId,
            RoomId = x.Room is { } guid && roomIds.TryGetValue(guid, out var id) ? id : null,
            Subject = x.Subject,
            Message = x.Wording,
            Evidence = x.Evidence,
        }),
    ];
}

internal sealed class DeltaWarningTable : IEntityTypeConfiguration<DeltaWarning>
{
    public void Configure(EntityTypeBuilder<DeltaWarning> builder)
    {
        builder.ToTable("delta_warnings").HasKey(x => new { x.DeltaId, x.Number });
        builder.HasOne<DeltaRequest>().WithMany().HasForeignKey(x => x.DeltaId).HasConstraintName("fk_delta_warnings_delta").OnDelete(DeleteBehavior.Cascade);
    }
}
