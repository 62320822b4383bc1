using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Notices.Outbox;

internal sealed class NoticeEventTable : IEntityTypeConfiguration<NoticeEvent>
{
    public void Configure(EntityTypeBuilder<NoticeEvent> builder)
    {
        builder.ToTable("events").HasKey(x => x.Id);
        builder.Property(x => x.Values).HasColumnType("jsonb").HasConversion(
            new JsonValue<Dictionary<string, string>>(), new ValueComparer<Dictionary<string, string>>((a, b) => ReferenceEquals(a, b), x => x.Count, x => x));
        builder.HasIndex(x => x.Id, "ix_events_waiting").HasFilter("sent_out_at IS NULL");
        builder.HasIndex(x => x.OnceKey, "ux_events_once").IsUnique().HasFilter("once_key IS NOT NULL");
        builder.HasIndex(x => x.At, "ix_events_at");
    }
}

internal sealed class NotificationTable : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications").HasKey(x => x.Id);
        builder.HasOne<NoticeEvent>().WithMany().HasForeignKey(x => x.EventId).HasConstraintName("fk_notifications_events");
        builder.HasIndex(x => new { x.EventId, x.PersonId }, "ux_notifications_person").IsUnique();
        builder.HasIndex(x => new { x.PersonId, x.Id }, "ix_notifications_person");
    }
}
