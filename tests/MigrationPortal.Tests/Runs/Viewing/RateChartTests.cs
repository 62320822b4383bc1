using Bunit;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Ui;

namespace MigrationPortal.Tests.Runs.Viewing;

public sealed class RateChartTests
{
    [Fact]
    public void Line_OfOnePoint_IsAStrokeThatCanBeSeen() =>
        Assert.Matches(@"^M98\.4 \S+H100$", LineOf(new RatePoint(2, 4000, false)));

    [Fact]
    public void Line_OfAPointBetweenPauses_IsAStrokeAroundIt() => Assert.Matches(
        @"^M10 \S+L20 \S+M49\.2 \S+H50\.8M90 \S+L100 \S+$",
        LineOf(new(10, 40, false), new(20, 40, false), new(50, 20, true), new(90, 40, true), new(100, 40, false)));

    [Fact]
    public void Line_WithoutPauses_IsOne() =>
        Assert.Matches(@"^M50 [^MH]+L100 [^MH]+$", LineOf(new(1, 40, false), new(2, 20, false)));

    private static string LineOf(params RatePoint[] points)
    {
        using var context = PartsContext.Create();
        return context.Render<RateChart>(x => x.Add(p => p.Rates, new RunRates(DateTimeOffset.UnixEpoch, points, null))).Find("path").GetAttribute("d")!;
    }
}
