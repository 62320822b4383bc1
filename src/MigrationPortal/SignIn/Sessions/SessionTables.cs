using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Sessions;

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions").HasKey(x => x.Id);
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId).HasConstraintName("fk_sessions_person");
        builder.HasIndex(x => x.KeyHash, "ux_sessions_key_hash").IsUnique();
        builder.HasIndex(x => x.PersonId, "ix_sessions_person_id");
        builder.HasIndex(x => new { x.EndedAt, x.LastSeenAt }, "ix_sessions_ended_at");
        builder.HasIndex(x => x.ProviderSession, "ix_sessions_provider_session");
    }
}
