using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;

namespace MigrationPortal.Notices.Deliveries;

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("deliveries").HasKey(x => x.Id);
        builder.Property(x => x.Error).HasWordedText();
        builder.HasOne<NoticeEvent>().WithMany().HasForeignKey(x => x.EventId).HasConstraintName("fk_deliveries_events");
        builder.HasIndex(x => new { x.EventId, x.PersonId, x.Channel }, "ux_deliveries_once").IsUnique().AreNullsDistinct(false);
        builder.HasIndex(x => new { x.Channel, x.NextAt }, "ix_deliveries_waiting").HasFilter("state = 'Waiting'");
        builder.HasIndex(x => new { x.State, x.Id }, "ix_deliveries_state");
        builder.HasIndex(x => x.PersonId, "ix_deliveries_held").HasFilter("state = 'Held'");
    }
}

internal sealed class NoticeChannelStateTable : IEntityTypeConfiguration<NoticeChannelState>
{
    public void Configure(EntityTypeBuilder<NoticeChannelState> builder)
    {
        builder.ToTable("notice_channels").HasKey(x => x.Name);
        builder.Property(x => x.Error).HasWordedText();
    }
}
