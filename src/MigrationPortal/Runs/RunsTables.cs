using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Runs;

internal sealed class RunTable : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.ToTable("runs").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ix_runs_batch");
        builder.HasIndex(x => x.BatchId, "ux_runs_open").IsUnique().HasFilter("state in ('Running', 'Paused', 'Stopping')");
    }
}

internal sealed class RoomTransferTable : IEntityTypeConfiguration<RoomTransfer>
{
    public void Configure(EntityTypeBuilder<RoomTransfer> builder)
    {
        builder.ToTable("room_transfers").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.RunId, x.RoomId }, "ux_room_transfers_room").IsUnique();
        builder.HasIndex(x => x.RoomId, "ix_room_transfers_room");
        // Kept by a trigger.
        builder.Property(x => x.ChangedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
        builder.HasIndex(x => new { x.RunId, x.ChangedAt }, "ix_room_transfers_changed");
        builder.Property(x => x.Differences).HasDefaultValueSql("'{}'");
    }
}

internal sealed class RunSampleTable : IEntityTypeConfiguration<RunSample>
{
    public void Configure(EntityTypeBuilder<RunSample> builder) => builder.ToTable("run_samples").HasKey(x => new { x.RunId, x.At });
}
