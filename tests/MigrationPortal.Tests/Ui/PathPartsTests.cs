using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Tests.Ui;

public sealed class PathPartsTests
{
    [Theory]
    [InlineData("Trading - Rates - Swaps", "Trading - |Rates - |Swaps")]
    [InlineData("Trading/Rates/Swaps", "Trading/|Rates/|Swaps")]
    [InlineData("Desk", "Desk")]
    [InlineData("Follow-up 2012-06", "Follow-up 2012-06")]
    [InlineData("A - ", "A - ")]
    [InlineData("Zeile\nzwei · Ende", "Zeile\nzwei · |Ende")]
    public void Of_AName_CutsBehindItsSeparatorsAndLosesNothing(string name, string parts)
    {
        Assert.Equal(parts.Split('|'), PathParts.Of(name));
        Assert.Equal(name, string.Concat(PathParts.Of(name)));
    }
}
