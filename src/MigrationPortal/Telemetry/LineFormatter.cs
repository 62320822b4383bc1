using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace MigrationPortal.Telemetry;

/// <summary>One line for each event: <c>2026-11-27T08:00:00.000Z warn MigrationPortal.Runs.RunWork: Run 7 … [4bf92f3577b34da6a3ce929d0e0e4736]</c>.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(Name)
{
    public new const string Name = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write($" {logEntry.Category}: {OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception))}");
        if (logEntry.Exception is { } exception)
            textWriter.Write($" {OneLine(exception.ToString())}");
        if (PortalTelemetry.TraceId is { } trace)
            textWriter.Write($" [{trace}]");
        textWriter.WriteLine();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" | ");

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
