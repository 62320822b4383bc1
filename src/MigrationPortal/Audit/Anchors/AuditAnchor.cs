using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Engine;

namespace MigrationPortal.Audit.Anchors;

/// <summary>A head of the chain that was written elsewhere. The file counts; these rows say which lines it must have.</summary>
internal sealed class AuditAnchor
{
    /// <summary>Of the audit's newest entry at that time.</summary>
    public required long Id { get; init; }
    public required byte[] Hash { get; init; }
    public required long Count { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What the last hourly check found; one row.</summary>
internal sealed class AuditCheck
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public required DateTimeOffset At { get; set; }
    /// <summary>Why the chain or an anchor does not hold; null while both do.</summary>
    public Wording? Broken { get; set; }
    /// <summary>Why no anchor could be written; null when it could, or when none is wanted.</summary>
    public Wording? Unwritten { get; set; }
    /// <summary>Since when one of the two is so.</summary>
    public DateTimeOffset? Since { get; set; }
    /// <summary>The newest entry that was read; null where the chain does not hold, or has none.</summary>
    public long? HeadId { get; set; }
    public byte[]? HeadHash { get; set; }
}

internal sealed class AuditAnchorTable : IEntityTypeConfiguration<AuditAnchor>
{
    public void Configure(EntityTypeBuilder<AuditAnchor> builder)
    {
        builder.ToTable("audit_anchors").HasKey(x => x.Id);
        builder.Property(x => x.Id).ValueGeneratedNever();
    }
}

internal sealed class AuditCheckTable : IEntityTypeConfiguration<AuditCheck>
{
    public void Configure(EntityTypeBuilder<AuditCheck> builder)
    {
        builder.ToTable("audit_check").HasKey(x => x.Id);
        builder.Property(x => x.Id).ValueGeneratedNever();
    }
}
