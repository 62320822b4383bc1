using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Notices.Preferences;

/// <summary>How one person wants to be told by mail; the bell shows everything.</summary>
internal sealed class NoticePreferences
{
    public static readonly TimeOnly DefaultDigest = new(8, 0);

    public required long PersonId { get; init; }

    /// <summary>By kind; what is not there is as the kind's default.</summary>
    public Dictionary<string, NoticeMode> Modes { get; init; } = [];

    /// <summary>No mail between these times of the person's zone, except what is mandatory; null: at any time.</summary>
    public TimeOnly? QuietFrom { get; init; }

    public TimeOnly? QuietTo { get; init; }

    public TimeOnly DigestAt { get; init; } = DefaultDigest;

    /// <summary>When a mail that is due may be sent: what is mandatory at once, all else outside the quiet hours.</summary>
    public static DateTimeOffset SendableAt(DateTimeOffset due, NoticeKind? kind, NoticePreferences? wish, string? zoneId) =>
        kind is { IsMandatory: false } && wish is not null ? wish.AfterQuiet(due, zoneId) : due;

    /// <summary>The same instant, or the end of the quiet hours that it is in.</summary>
    public DateTimeOffset AfterQuiet(DateTimeOffset at, string? zoneId)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to || from == to)
            return at;
        var zone = Clock.Of(zoneId).Zone;
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (!time.IsBetween(from, to))
            return at;
        var day = DateOnly.FromDateTime(local).AddDays(time >= from && from > to ? 1 : 0);
        return Zones.Instant(day, to, zone);
    }
}

internal sealed class NoticePreferencesTable : IEntityTypeConfiguration<NoticePreferences>
{
    public void Configure(EntityTypeBuilder<NoticePreferences> builder)
    {
        builder.ToTable("notice_preferences").HasKey(x => x.PersonId);
        builder.Property(x => x.PersonId).ValueGeneratedNever();
        builder.Property(x => x.Modes).HasColumnType("jsonb").HasConversion(
            new JsonValue<Dictionary<string, NoticeMode>>(), new ValueComparer<Dictionary<string, NoticeMode>>((a, b) => ReferenceEquals(a, b), x => x.Count, x => x));
    }
}

/// <summary>That a person had the digest of a day of theirs: whoever adds the row sends it.</summary>
internal sealed class NoticeDigest
{
    public required long PersonId { get; init; }

    public required DateOnly Day { get; init; }
}

internal sealed class NoticeDigestTable : IEntityTypeConfiguration<NoticeDigest>
{
    public void Configure(EntityTypeBuilder<NoticeDigest> builder) => builder.ToTable("notice_digests").HasKey(x => new { x.PersonId, x.Day });
}
