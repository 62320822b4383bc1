using System.Diagnostics;

namespace MigrationPortal.Bench;

/// <summary>A large list as a file: seconds until it is there whole, and by how much the portal's memory grew while it was written.</summary>
internal static class ExportsBench
{
    // Bounds; the reference column names them.
    private const double Seconds = 10;
    private const double Megabytes = 100;

    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Uri portal)
    {
        using var client = ApiClient.Of(portal.ToString(), "operator");
        foreach (var format in new[] { "csv", "xlsx" })
            await MeasureAsync(client, $"pool-pairs/large/rooms/export?format={format}", $"{LargePools.Rooms} rooms as {format}", Seconds);
    }

    public static async Task MeasureAsync(HttpClient client, string address, string what, double bound)
    {
        var url = new Uri(address, UriKind.Relative);
        // The first compiles what the next runs.
        await ReadAsync(client, url);
        using var end = new CancellationTokenSource();
        var peak = PeakAsync(end.Token);
        var start = Stopwatch.GetTimestamp();
        var bytes = await ReadAsync(client, url);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await end.CancelAsync();
        BenchTable.Print($"{what} ({bytes / 1024} KB)", seconds, bound, "s");
        BenchTable.Print($"{what}, memory on top", await peak, Megabytes, "MB");
    }

    // The file is thrown away as it comes: this process is the portal's own.
    private static async Task<long> ReadAsync(HttpClient client, Uri url)
    {
        using var answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, bytes) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer) is > 0 and var read)
            bytes += read;
        return bytes;
    }

    /// <returns>By how many MB the memory of this process grew at most.</returns>
    private static async Task<double> PeakAsync(CancellationToken cancellationToken)
    {
        GC.Collect();
        var (before, peak) = (Resident(), 0L);
        using var timer = new PeriodicTimer(_step);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                peak = Math.Max(peak, Resident() - before);
        }
        catch (OperationCanceledException)
        {
            // The file is there.
        }

        return peak / 1024.0 / 1024.0;
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
