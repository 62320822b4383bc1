using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Ui;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class MessagesChartTests
{
    private static readonly DateOnly First = new(2011, 1, 1);

    [Fact]
    public async Task Chart_ByKeyboard_IsOneStopWhoseArrowsGoToEachBar()
    {
        using var context = PartsContext.Create();
        DateOnly? chosen = null;
        var chart = context.Render<MessagesChart>(x => x.Add(y => y.Said, "Messages").Add(y => y.Selected, First.AddMonths(3)).Add(y => y.OnSelect, at => chosen = at)
            .Add(y => y.Bars, [.. Enumerable.Range(0, 12).Select(i => new MessageBar(First.AddMonths(i), i, i, false))]));
        Assert.Equal(3, Stop(chart));

        await chart.InvokeAsync(() => chart.Find(".plot > div").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowRight" }));
        Assert.Equal(4, Stop(chart));
        await chart.InvokeAsync(() => chart.Find(".plot > div").KeyDownAsync(new KeyboardEventArgs { Key = "Home" }));
        await chart.InvokeAsync(() => chart.Find(".plot > div").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowLeft" }));
        Assert.Equal(0, Stop(chart));
        await chart.InvokeAsync(() => chart.Find(".plot > div").KeyDownAsync(new KeyboardEventArgs { Key = "End" }));
        Assert.Equal(11, Stop(chart));

        await chart.InvokeAsync(() => chart.FindAll("button.hit")[4].ClickAsync());
        Assert.Equal(First.AddMonths(4), chosen);
        Assert.Contains("May 2011", chart.FindAll("button.hit")[4].GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    private static int Stop(IRenderedComponent<MessagesChart> chart) =>
        chart.FindAll("button.hit").Select((x, i) => (x, i)).Single(x => x.x.GetAttribute("tabindex") == "0").i;
}
