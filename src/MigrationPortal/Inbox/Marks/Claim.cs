using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Inbox.Marks;

/// <summary>Somebody says that they take an item. It is shown to everybody who has the item, and prevents nothing.</summary>
internal sealed class Claim
{
    /// <summary>Of the item, e.g. <c>review:12</c>.</summary>
    public required string Key { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Until { get; init; }
}

/// <summary>Somebody does not want to see an item for a while. It comes back at the time, and earlier with any change of it.</summary>
internal sealed class Snooze
{
    public required string By { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Null: until it changes.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>How the item was: <see cref="PoolPairs.InboxLine.Mark"/>.</summary>
    public required string Mark { get; init; }
}

internal sealed class ClaimTable : IEntityTypeConfiguration<Claim>
{
    public void Configure(EntityTypeBuilder<Claim> builder) => builder.ToTable("claims").HasKey(x => x.Key);
}

internal sealed class SnoozeTable : IEntityTypeConfiguration<Snooze>
{
    public void Configure(EntityTypeBuilder<Snooze> builder) => builder.ToTable("snoozes").HasKey(x => new { x.By, x.Key });
}
