using Microsoft.Extensions.Options;
using MigrationPortal.Start;

namespace MigrationPortal.Telemetry;

/// <summary>What leaves the portal: nothing, unless one of the two is set.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The standard name, which the exporter reads as well: from the environment, a file or the command line.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether <c>/metrics</c> answers, for Prometheus.</summary>
    public bool Prometheus { get; set; }
}

internal sealed class ValidateTelemetryOptions(IConfiguration configuration) : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var failures = UnknownKeys.Of<TelemetryOptions>(configuration.GetSection(TelemetryOptions.Section)).ToList();
        if (configuration[TelemetryOptions.EndpointKey] is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)))
            failures.Add($"{TelemetryOptions.EndpointKey} is '{endpoint}', which is not an address: write for example http://collector:4317.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
