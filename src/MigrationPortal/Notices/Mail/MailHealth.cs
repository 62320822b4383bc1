using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using MigrationPortal.Notices.Deliveries;

namespace MigrationPortal.Notices.Mail;

/// <summary>Degraded, and ready all the same, once mails have waited for a quarter of an hour.</summary>
internal sealed class MailHealth(ChannelStates channels, IOptions<NotificationsOptions> options, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return options.Value.HasMail && await channels.FindAsync(Delivery.Mail, cancellationToken) is { DownSince: { } since } && clock.GetUtcNow() - since > ChannelTroubles.AwayFor
                ? HealthCheckResult.Degraded("The mail server cannot be used; mails wait.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (Data.Outage.Is(failure))
        {
            // The check of the database says so.
            return HealthCheckResult.Healthy();
        }
    }
}
