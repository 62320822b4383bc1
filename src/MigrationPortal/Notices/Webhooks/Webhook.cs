using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationPortal.Notices.Webhooks;

[JsonConverter(typeof(JsonStringEnumConverter<WebhookFormat>))]
public enum WebhookFormat
{
    Json,
    /// <summary>An incoming webhook of Slack.</summary>
    Slack,
    /// <summary>An Adaptive Card to a workflow of Teams.</summary>
    Teams,
}

/// <summary>Another system that is told of events. Its deliveries are of the channel <c>webhook:</c> and its number.</summary>
public sealed class Webhook
{
    public long Id { get; init; }
    public required string Name { get; set; }
    public required string Url { get; set; }
    public required WebhookFormat Format { get; set; }
    /// <summary>Empty: every kind that people are told of.</summary>
    public required List<string> Kinds { get; set; }
    /// <summary>Null: every pool pair.</summary>
    public string? PoolPairId { get; set; }
    /// <summary>Sealed by the key ring.</summary>
    public required string Secret { get; set; }
    /// <summary>The one before, sealed: signs as well until the receiver knows the new one.</summary>
    public string? FormerSecret { get; set; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    public string Channel => WebhookChannel.Prefix + Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class WebhookTable : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks").HasKey(x => x.Id);
        builder.Ignore(x => x.Channel);
        builder.HasIndex(x => x.Name, "ux_webhooks_name").IsUnique();
    }
}
