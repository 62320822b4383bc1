using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches;

internal sealed class BatchTable : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder)
    {
        builder.ToTable("batches").HasKey(x => x.Id);
        builder.Property(x => x.Options).HasConversion(new JsonValue<PlanOptions?>()).HasColumnType("jsonb");
        builder.HasIndex(x => x.PoolPairId, "ix_batches_pool_pair");
        builder.HasIndex(x => new { x.Author, x.IdempotencyKey }, "ux_batches_idempotency_key").IsUnique()
            .HasFilter("idempotency_key IS NOT NULL");
    }
}

internal sealed class BatchRoomTable : IEntityTypeConfiguration<BatchRoom>
{
    public void Configure(EntityTypeBuilder<BatchRoom> builder)
    {
        builder.ToTable("batch_rooms").HasKey(x => new { x.BatchId, x.RoomId });
        builder.HasIndex(x => x.RoomId, "ux_batch_rooms_open").IsUnique().HasFilter("is_open");
        builder.HasOne<Batch>().WithMany().HasForeignKey(x => x.BatchId).HasConstraintName("fk_batch_rooms_batches");
    }
}

internal sealed class BatchCategoryTable : IEntityTypeConfiguration<BatchCategory>
{
    public void Configure(EntityTypeBuilder<BatchCategory> builder)
    {
        builder.ToTable("batch_categories").HasKey(x => new { x.BatchId, x.Category });
        builder.HasOne<Batch>().WithMany().HasForeignKey(x => x.BatchId).HasConstraintName("fk_batch_categories_batches");
    }
}

internal sealed class BatchEventTable : IEntityTypeConfiguration<BatchEvent>
{
    public void Configure(EntityTypeBuilder<BatchEvent> builder)
    {
        builder.ToTable("batch_events").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ix_batch_events_batch");
    }
}

internal sealed class BatchPlanTable : IEntityTypeConfiguration<BatchPlan>
{
    public void Configure(EntityTypeBuilder<BatchPlan> builder)
    {
        builder.ToTable("batch_plans").HasKey(x => x.Id);
        builder.Property(x => x.Totals).HasColumnType("jsonb").HasConversion(
            new JsonValue<List<PlanTotal>>(),
            new ValueComparer<List<PlanTotal>>((a, b) => ReferenceEquals(a, b), list => list.Count, list => list));
        builder.Property(x => x.Options).HasConversion(new JsonValue<PlanOptions>()).HasColumnType("jsonb");
        builder.HasIndex(x => x.BatchId, "ix_batch_plans_batch");
    }
}

internal sealed class PlanItemTable : IEntityTypeConfiguration<PlanItem>
{
    public void Configure(EntityTypeBuilder<PlanItem> builder)
    {
        builder.ToTable("plan_items").HasKey(x => new { x.PlanId, x.Ordinal });
        // What rooms will be called is searched while somebody types; the lines that say so are few of a plan's.
        builder.HasIndex(x => x.PlanId, "ix_plan_items_room_names").HasFilter("kind = 'Room' AND property = 'Name'");
        // A foreign key would look the plan up for each of a million lines; a trigger takes the lines away with their plan.
    }
}

internal sealed class PlanRightChangeTable : IEntityTypeConfiguration<PlanRightChange>
{
    public void Configure(EntityTypeBuilder<PlanRightChange> builder)
    {
        builder.ToTable("plan_right_changes").HasKey(x => new { x.PlanId, x.Ordinal });
        // As of plan_items, no foreign key.
        builder.HasIndex(x => new { x.Principal, x.PlanId }, "ix_plan_right_changes_principal");
    }
}

internal sealed class PlanRightSumTable : IEntityTypeConfiguration<PlanRightSum>
{
    public void Configure(EntityTypeBuilder<PlanRightSum> builder)
    {
        builder.ToTable("plan_right_sums").HasKey(x => new { x.PlanId, x.Principal });
        builder.HasOne<BatchPlan>().WithMany().HasForeignKey(x => x.PlanId).HasConstraintName("fk_plan_right_sums_batch_plans");
    }
}

internal sealed class PlanFindingTable : IEntityTypeConfiguration<PlanFinding>
{
    public void Configure(EntityTypeBuilder<PlanFinding> builder)
    {
        builder.ToTable("plan_findings").HasKey(x => new { x.PlanId, x.Ordinal });
        builder.HasOne<BatchPlan>().WithMany().HasForeignKey(x => x.PlanId).HasConstraintName("fk_plan_findings_batch_plans");
    }
}

internal sealed class BatchFindingTable : IEntityTypeConfiguration<BatchFinding>
{
    public void Configure(EntityTypeBuilder<BatchFinding> builder)
    {
        builder.ToTable("batch_findings").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ix_batch_findings_batch");
    }
}

/// <summary>The rooms' view of batches: which open one holds a room.</summary>
internal sealed class RoomHoldView : IEntityTypeConfiguration<RoomHold>
{
    public void Configure(EntityTypeBuilder<RoomHold> builder) => builder.HasNoKey().ToSqlQuery("""
        select r.room_id, r.batch_id, b.name as batch_name, b.state in ('Running', 'Paused', 'Stopping') as is_moving, r.new_name
        from portal.batch_rooms r join portal.batches b on b.id = r.batch_id
        where r.is_open
        """);
}
