using System.Diagnostics;

namespace MigrationPortal.Telemetry;

/// <summary>Under what name the portal's own traces and metrics are found; docs/telemetry.md lists them.</summary>
internal static class PortalTelemetry
{
    public const string Name = "MigrationPortal";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Gives each click in a page an id of its own, also where no trace is sent: without a listener the framework starts none.</summary>
    public static ActivityListener PageEvents { get; } = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore.Components",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    /// <summary>What a log line, a problem and a trace have in common; null outside a request, a click in a page and a job.</summary>
    public static string? TraceId => Activity.Current?.TraceId.ToHexString();
}
