using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;

namespace MigrationPortal.Windows;

/// <summary>The windows of one pool pair, or of all; set whole, so that nobody changes half of what another sees.</summary>
internal sealed class WindowSet
{
    /// <summary>The scope of the row for all pool pairs. No pair can have this id.</summary>
    public const string All = "*";

    /// <summary><see cref="All"/>, or a pool pair's id.</summary>
    public required string Scope { get; init; }

    /// <summary>Counts every change.</summary>
    public required int Version { get; init; }

    public required List<Window> Items { get; init; }

    public required WindowEnd AtEnd { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Reason { get; init; }
}

internal sealed class WindowSetTable : IEntityTypeConfiguration<WindowSet>
{
    public void Configure(EntityTypeBuilder<WindowSet> builder)
    {
        builder.ToTable("windows").HasKey(x => x.Scope);
        builder.Property(x => x.Items).HasColumnType("jsonb").HasConversion(
            new JsonValue<List<Window>>(),
            new ValueComparer<List<Window>>((a, b) => ReferenceEquals(a, b), list => list.Count, list => list));
    }
}
