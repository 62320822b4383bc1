using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Reviews.BreakGlass;

[JsonConverter(typeof(JsonStringEnumConverter<BreakGlassState>))]
internal enum BreakGlassState
{
    /// <summary>A second person must confirm it within <see cref="BreakGlassRequest.ConfirmWithin"/>.</summary>
    Asked,
    /// <summary>The judge counts it, as long as its plan, its people and <see cref="EmergencyStart.HoldsFor"/> allow.</summary>
    Confirmed,
    /// <summary>A run began by it.</summary>
    Started,
    /// <summary>Nobody confirmed it in time, or what it was asked for ended before.</summary>
    Lapsed,
    /// <summary>By whoever asked, before anybody confirmed it.</summary>
    Withdrawn,
}

[JsonConverter(typeof(JsonStringEnumConverter<BreakGlassVerdict>))]
internal enum BreakGlassVerdict
{
    Justified,
    NotJustified,
}

/// <summary>A start without the approvals that the policy asks for: one person asks, another confirms, an auditor says afterwards whether it was right. Never deleted before that.</summary>
internal sealed class BreakGlassRequest
{
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(60);

    public long Id { get; init; }
    public required long BatchId { get; init; }
    public required string PoolPairId { get; init; }
    /// <summary>The round it is for; another one needs another request.</summary>
    public required long ReviewId { get; init; }
    public required string Fingerprint { get; init; }
    public required string AskedBy { get; init; }
    /// <summary>Null for the fixed token of a persona.</summary>
    public long? AskedPersonId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string Reason { get; init; }
    /// <summary>The change or incident elsewhere, e.g. CHG0031337.</summary>
    public required string Reference { get; init; }
    public BreakGlassState State { get; set; }
    /// <summary>By whoever asked.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnReason { get; set; }
    public string? ConfirmedBy { get; set; }
    public long? ConfirmedPersonId { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public long? RunId { get; set; }
    /// <summary>Null until an auditor answered.</summary>
    public BreakGlassVerdict? Verdict { get; set; }
    public string? ReviewedBy { get; set; }
    public DateTimeOffset? ReviewedAt { get; set; }
    public string? ReviewText { get; set; }

    public bool IsUnreviewed => State is BreakGlassState.Confirmed or BreakGlassState.Started && Verdict is null;

    public bool IsOpen(DateTimeOffset now) => State == BreakGlassState.Asked && now < AskedAt + ConfirmWithin;
}

internal sealed class BreakGlassTable : IEntityTypeConfiguration<BreakGlassRequest>
{
    public void Configure(EntityTypeBuilder<BreakGlassRequest> builder)
    {
        builder.ToTable("break_glass").HasKey(x => x.Id);
        builder.HasIndex(x => x.BatchId, "ix_break_glass_batch");
        // One at a time in a pool pair, until an auditor answered.
        builder.HasIndex(x => x.PoolPairId, "ux_break_glass_open").IsUnique().HasFilter("state NOT IN ('Lapsed', 'Withdrawn') AND verdict IS NULL");
    }
}
