using System.Diagnostics;

namespace MigrationPortal.Telemetry;

/// <summary>Under what name the portal's own traces and metrics are found; docs/telemetry.md lists them.</summary>
internal static class PortalTelemetry
{
    public const string Name = "MigrationPortal";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>What a log line, a problem and a trace have in common; null outside a request and outside a job.</summary>
    public static string? TraceId => Activity.Current?.TraceId.ToHexString();
}
