using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.SignIn.People;

internal sealed class PersonTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people").HasKey(x => x.Id);
        builder.Property(x => x.Memberships).HasColumnType("jsonb").HasConversion(
            new JsonValue<Memberships>(), new ValueComparer<Memberships>((a, b) => ReferenceEquals(a, b), memberships => memberships.Groups.Count, memberships => memberships));
        builder.HasIndex(x => new { x.Source, x.Key }, "ux_people_key").IsUnique();
        builder.HasIndex(x => new { x.Source, x.Name }, "ux_people_name").IsUnique();
    }
}
