using System.Diagnostics;
using System.Globalization;

namespace MigrationPortal.Bench;

/// <summary>A row of a bench: what | ours | the bound | ratio.</summary>
internal static class BenchTable
{
    private const int Rounds = 20;

    /// <returns>Milliseconds that 95 of 100 rounds take at the most, after three that warm up.</returns>
    public static async Task<double> P95Async(Func<Task> round)
    {
        var times = new List<double>();
        for (var i = -3; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await round();
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return P95(times);
    }

    public static double P95(List<double> times) => times.Order().ElementAt(times.Count * 95 / 100);

    public static void Print(string what, double ours, double bound, string unit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}\t{ours.ToString("F2", CultureInfo.InvariantCulture)}\t{bound.ToString("F0", CultureInfo.InvariantCulture)}\t{ours / bound:F2}\t{unit}"));
}
