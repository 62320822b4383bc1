using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationPortal.Audit.Anchors;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Samples;

namespace MigrationPortal.App;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, else 503 and why not; what is degraded is said with 200.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database")
            .AddCheck<JobsHealth>("jobs")
            .AddCheck<AuditHealth>("audit")
            .AddCheck<SamplesHealth>("samples");
        return services;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
        return endpoints;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = report.Status switch { HealthStatus.Healthy => "ok", HealthStatus.Degraded => "degraded", _ => "not-ready" },
            Reasons = report.Entries.Values.Where(e => e.Status != HealthStatus.Healthy).Select(e => e.Description),
        },
        context.RequestAborted);
}

internal sealed class DatabaseHealth(IDbContextFactory<PortalDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("select 1", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            return HealthCheckResult.Unhealthy("The portal's database does not answer.");
        }
    }
}

internal sealed class JobsHealth(JobEngine engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(engine.IsStarted ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The job engine is starting."));
}

/// <summary>The portal does its work whatever becomes of the audit log: a warning, not a reason to send nobody here. What is wrong is for auditors alone.</summary>
internal sealed class AuditHealth(AnchorQueries anchors) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await anchors.FindProblemAsync(cancellationToken) is { } check
                ? HealthCheckResult.Degraded(check.Broken is null ? "The audit log could not be anchored." : "The audit log does not hold: an auditor finds the entry in the inbox.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (Outage.Is(failure))
        {
            // The check of the database says it.
            return HealthCheckResult.Healthy();
        }
    }
}

internal sealed class SamplesHealth(SampleProgress progress) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = progress.Status;
        return Task.FromResult(status.State switch
        {
            SampleState.Making => HealthCheckResult.Unhealthy($"The sample {status.Name} is being made: {status.Done} of {status.Total} messages."),
            SampleState.Failed => HealthCheckResult.Unhealthy(status.Error),
            _ => HealthCheckResult.Healthy(),
        });
    }
}
