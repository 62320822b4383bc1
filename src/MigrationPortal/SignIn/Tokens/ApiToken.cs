using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Tokens;

/// <summary>Lets a program in as somebody, with a part of their rights, until it expires. The token itself is shown once and not kept.</summary>
public sealed class ApiToken
{
    /// <summary>So that a leaked one is recognised by people and by scanners.</summary>
    public const string Prefix = "mp_";

    /// <summary>How much of it is kept to tell one from another.</summary>
    public const int StartLength = 8;

    public long Id { get; init; }

    public required long PersonId { get; init; }

    public required string Label { get; init; }

    public required byte[] Hash { get; init; }

    public required string Start { get; init; }

    /// <summary>At most these; what the owner loses, the token loses.</summary>
    public required List<Role> Roles { get; init; }

    public string? PoolPairId { get; init; }

    public string? Category { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public string? LastUsedFrom { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }
}

internal sealed class ApiTokenTable : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens").HasKey(x => x.Id);
        builder.Property(x => x.Roles).HasColumnType("jsonb").HasConversion(
            new JsonValue<List<Role>>(), new ValueComparer<List<Role>>((a, b) => ReferenceEquals(a, b), roles => roles.Count, roles => roles));
        builder.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId).HasConstraintName("fk_api_tokens_person");
        builder.HasIndex(x => x.Hash, "ux_api_tokens_hash").IsUnique();
        builder.HasIndex(x => x.PersonId, "ix_api_tokens_person_id");
    }
}
