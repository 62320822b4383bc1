using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Telemetry;

namespace MigrationPortal.Runs.Working;

/// <summary>What runs do, for whoever watches from outside: by pool pair, never by room or person.</summary>
internal sealed class RunMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _pages;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _rooms;
    private readonly ConcurrentDictionary<long, (string Pair, CopyLimits Limits)> _running = new();

    public RunMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(PortalTelemetry.Name);
        _messages = _meter.CreateCounter<long>("migrationportal.run.messages", "{message}", "Messages copied.");
        _bytes = _meter.CreateCounter<long>("migrationportal.run.io", "By", "Bytes of messages copied.");
        _pages = _meter.CreateCounter<long>("migrationportal.run.pages", "{page}", "Pages of messages written, each in one transaction.");
        _retries = _meter.CreateCounter<long>("migrationportal.run.retries", "{retry}", "Attempts after the first: a server was away or another run had the new pool.");
        _rooms = _meter.CreateHistogram<double>("migrationportal.run.room.duration", "s", "From the first message of a room to its verification.");
        _meter.CreateObservableUpDownCounter("migrationportal.run.active", Active, "{run}", "Runs that this node works on.");
        _meter.CreateObservableGauge("migrationportal.run.throttle", Throttles, "{message}/s", "The run's present limit; absent where it has none.");
    }

    public IDisposable Begin(long runId, string pair, CopyLimits limits)
    {
        _running[runId] = (pair, limits);
        return new Running(this, runId);
    }

    public void CountPage(string pair, long messages, long bytes)
    {
        _pages.Add(1, Of(pair));
        _messages.Add(messages, Of(pair));
        _bytes.Add(bytes, Of(pair));
    }

    public void CountRetry(string pair) => _retries.Add(1, Of(pair));

    public void CountRoom(string pair, TransferState state, TimeSpan duration) =>
        _rooms.Record(duration.TotalSeconds, Of(pair), new("migrationportal.transfer.state", state.ToString()));

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Active() => _running.Values.GroupBy(x => x.Pair, StringComparer.Ordinal).Select(x => new Measurement<long>(x.LongCount(), Of(x.Key)));

    private IEnumerable<Measurement<long>> Throttles() => _running
        .Where(x => x.Value.Limits.MessagesPerSecond is not null)
        .Select(x => new Measurement<long>((long)x.Value.Limits.MessagesPerSecond!, Of(x.Value.Pair), new("migrationportal.run.id", x.Key)));

    private static KeyValuePair<string, object?> Of(string pair) => new("migrationportal.pool_pair.id", pair);

    private sealed class Running(RunMetrics metrics, long runId) : IDisposable
    {
        public void Dispose() => metrics._running.TryRemove(runId, out _);
    }
}
