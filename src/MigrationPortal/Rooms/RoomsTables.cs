using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Rooms;

internal sealed class ScanTable : IEntityTypeConfiguration<Scan>
{
    public void Configure(EntityTypeBuilder<Scan> builder)
    {
        builder.ToTable("scans").HasKey(x => x.Id);
        builder.HasIndex(x => x.PoolPairId, "ux_scans_open").IsUnique().HasFilter("state in ('Queued', 'Running')");
        builder.HasIndex(x => new { x.PoolPairId, x.Id }, "ix_scans_pool_pair");
    }
}

internal sealed class RoomTable : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> builder)
    {
        builder.ToTable("rooms").HasKey(x => x.Id);
        builder.HasIndex(x => new { x.PoolPairId, x.Guid }, "ux_rooms_guid").IsUnique();
    }
}

internal sealed class RoomPairTable : IEntityTypeConfiguration<RoomPair>
{
    public void Configure(EntityTypeBuilder<RoomPair> builder)
    {
        builder.ToTable("room_pairs").HasKey(x => new { x.ScanId, x.RoomId });
        builder.HasIndex(x => new { x.ScanId, x.Category, x.LegacyName, x.RoomId }, "ix_room_pairs_category");
        builder.HasIndex(x => new { x.ScanId, x.Comparison, x.Category, x.LegacyName, x.RoomId }, "ix_room_pairs_comparison");
        builder.HasIndex(x => new { x.ScanId, x.LegacyMessageCount, x.RoomId }, "ix_room_pairs_messages");
    }
}

internal sealed class RoomPairPropertiesTable : IEntityTypeConfiguration<RoomPairProperties>
{
    public void Configure(EntityTypeBuilder<RoomPairProperties> builder)
    {
        builder.ToTable("room_pair_properties").HasKey(x => new { x.ScanId, x.RoomId });
        builder.Property(x => x.Lines).HasColumnType("json").HasConversion(
            new JsonValue<List<PropertyLine>>(),
            new ValueComparer<List<PropertyLine>>((a, b) => ReferenceEquals(a, b), list => list.Count, list => list));
    }
}

internal sealed class RoomPeopleTable : IEntityTypeConfiguration<RoomPeoplePart>
{
    public void Configure(EntityTypeBuilder<RoomPeoplePart> builder)
    {
        builder.ToTable("room_people").HasKey(x => new { x.ScanId, x.RoomId, x.Version, x.Part });
        builder.Property(x => x.People).HasColumnType("json");
    }
}
