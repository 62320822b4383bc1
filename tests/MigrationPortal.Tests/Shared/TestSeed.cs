using System.Globalization;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Shared;

/// <summary>What a test draws from: printed with its outcome, and repeated by <c>TEST_SEED</c>.</summary>
internal static class TestSeed
{
    public static int Draw(ITestOutputHelper output, int? round = null)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"TEST_SEED={seed}{(round is null ? "" : $" (round {round})")}");
        return seed;
    }
}
