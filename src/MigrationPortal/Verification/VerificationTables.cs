using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;

namespace MigrationPortal.Verification;

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
