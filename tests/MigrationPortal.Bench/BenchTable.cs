using System.Globalization;

namespace MigrationPortal.Bench;

/// <summary>A row of a bench: what | ours | the bound | ratio.</summary>
internal static class BenchTable
{
    public static void Print(string what, double ours, double bound, string unit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}\t{ours.ToString("F2", CultureInfo.InvariantCulture)}\t{bound.ToString("F0", CultureInfo.InvariantCulture)}\t{ours / bound:F2}\t{unit}"));
}
