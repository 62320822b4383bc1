using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Unsent;

/// <summary>What one person typed or chose in one place and has not sent. Nobody else reads it, and neither the log nor the audit has it.</summary>
internal sealed class Draft
{
    public const int MostOfPlace = 200;

    /// <summary>Of the text, and of what the field said before: five times the longest comment, since a form is one text, too.</summary>
    public const int MostCharacters = 20_000;

    /// <summary>Of one person; a place that is one too many replaces the oldest.</summary>
    public const int Most = 200;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Number of the person; the name for a persona's token, where nobody has signed in as that persona.</summary>
    public required string Person { get; init; }

    /// <summary>Page and field: <c>batches/12:decision</c>.</summary>
    public required string Place { get; init; }

    /// <summary>Null once it was sent or discarded: an older copy that arrives later does not bring it back.</summary>
    public required string? Text { get; init; }

    /// <summary>What the field said before: a page puts a draft only where that still stands.</summary>
    public required string Before { get; init; }

    /// <summary>When it was typed or discarded, by the portal's clock.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class DraftTable : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("drafts").HasKey(x => new { x.Person, x.Place });
        builder.HasIndex(x => x.At, "ix_drafts_at");
    }
}
