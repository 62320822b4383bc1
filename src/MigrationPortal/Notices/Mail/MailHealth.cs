using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationPortal.Notices.Deliveries;

namespace MigrationPortal.Notices.Mail;

/// <summary>Degraded, and ready all the same, once mails have waited for a quarter of an hour.</summary>
internal sealed class MailHealth(ChannelTroubles troubles) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await troubles.FindMailAsync(cancellationToken) is not null
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
