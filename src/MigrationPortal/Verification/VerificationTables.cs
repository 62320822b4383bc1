using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Verification;

internal sealed class VerificationRequestTable : IEntityTypeConfiguration<VerificationRequest>
{
    public void Configure(EntityTypeBuilder<VerificationRequest> builder)
    {
        builder.ToTable("verifications").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.BatchId, x.Id }, "ix_verifications_batch");
        builder.HasIndex(x => x.BatchId, "ux_verifications_open").IsUnique().HasFilter("state = 'Running'");
    }
}

internal sealed class RoomVerificationTable : IEntityTypeConfiguration<RoomVerification>
{
    public void Configure(EntityTypeBuilder<RoomVerification> builder)
    {
        builder.ToTable("room_verifications").HasKey(x => x.Id);
        builder.Property(x => x.Proof).HasColumnType("jsonb").HasConversion(
            new JsonValue<RoomResult>(),
            new ValueComparer<RoomResult>((a, b) => ReferenceEquals(a, b), proof => (int)proof.MismatchCount, proof => proof));
        builder.HasIndex(x => new { x.BatchId, x.RoomId }, "ix_room_verifications_batch");
        builder.HasIndex(x => x.RunId, "ix_room_verifications_run");
    }
}

/// <summary>The scan's view of verifications: the newest of each room whose batch was not undone.</summary>
internal sealed class RoomVerdictView : IEntityTypeConfiguration<RoomVerdict>
{
    public void Configure(EntityTypeBuilder<RoomVerdict> builder) => builder.HasNoKey().ToSqlQuery("""
        select distinct on (v.room_id) v.room_id, v.differences, v.message_difference, v.new_message_count
        from portal.room_verifications v join portal.batches b on b.id = v.batch_id
        where b.state <> 'Undone'
        order by v.room_id, v.run_id desc, v.id desc
        """);
}
