using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Quartz.Diagnostics;

namespace MigrationPortal.Telemetry;

/// <summary>Traces and metrics by OTLP, metrics for Prometheus; without a destination nothing is collected.</summary>
internal static class TelemetryFeature
{
    public const string Metrics = "/metrics";

    // The framework's own: circuits, components, requests, connections.
    private static readonly string[] Meters =
    [
        PortalTelemetry.Name, "Npgsql", QuartzInstrumentation.MeterName, "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Lifecycle", "Microsoft.AspNetCore.Components.Server.Circuits",
    ];

    private static readonly string[] Sources = [PortalTelemetry.Name, QuartzInstrumentation.ActivitySourceName, "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>();
        services.AddMetrics();
        ActivitySource.AddActivityListener(PortalTelemetry.PageEvents);
        var isSent = Uri.TryCreate(configuration[TelemetryOptions.EndpointKey], UriKind.Absolute, out _);
        var isScraped = IsScraped(configuration);
        if (!isSent && !isScraped)
            return services;

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            PortalTelemetry.Name, serviceVersion: typeof(TelemetryFeature).Assembly.GetName().Version?.ToString(), serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}"));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddSqlClientInstrumentation().AddView(WithoutContent.OfStatements);
            if (isSent)
                metrics.AddOtlpExporter();
            if (isScraped)
                metrics.AddPrometheusExporter();
        });
        if (isSent)
        {
            ActivitySource.AddActivityListener(WithoutContent.Exceptions);
            telemetry.WithTracing(traces => traces
                .AddSource(Sources)
                .AddAspNetCoreInstrumentation(o => o.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                .AddHttpClientInstrumentation()
                .AddSqlClientInstrumentation()
                .AddNpgsql()
                // Before the exporter, which sees what is left.
                .AddProcessor(new WithoutContent())
                .AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Closed unless configured, and then for whoever may read: a scraper brings an API token.</summary>
    public static IEndpointRouteBuilder MapTelemetry(this IEndpointRouteBuilder endpoints, IConfiguration configuration)
    {
        if (IsScraped(configuration))
            endpoints.MapPrometheusScrapingEndpoint(Metrics).ExcludeFromDescription();
        else
            endpoints.MapGet(Metrics, () => Results.NotFound()).ExcludeFromDescription();
        return endpoints;
    }

    private static bool IsScraped(IConfiguration configuration) =>
        bool.TryParse(configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Prometheus)}"], out var isOn) && isOn;
}
