using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Audit;

internal sealed class AuditEntryTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries").HasKey(x => x.Id);
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Details).HasColumnType("jsonb").HasConversion(
            new JsonValue<Dictionary<string, string?>>(),
            new ValueComparer<Dictionary<string, string?>>((a, b) => ReferenceEquals(a, b), details => details.Count, details => details));
        builder.HasIndex(x => x.Subject, "ix_audit_entries_subject");
        builder.HasIndex(x => x.At, "ix_audit_entries_at");
    }
}
