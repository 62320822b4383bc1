using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Rooms.Browsing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Rooms.Browsing;

public sealed class RoomColumnsTests
{
    [Theory]
    [InlineData("", "Comparison|Legacy · LYNC10|New|Batch|Room|People|Messages|Last")]
    [InlineData("&columns=privacy,managers", "Comparison|Legacy · LYNC10|New|Room|Privacy|Managers|Messages")]
    [InlineData("&columns=", "Comparison|Legacy · LYNC10|New|Room|Messages")]
    [InlineData("&columns=none", "Comparison|Legacy · LYNC10|New|Room|Messages")]
    public async Task Columns_OfTheAddress_AreShownInHeadAndRows(string columns, string titles)
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        await using var context = PageContext.As(portal, "planner");
        var page = context.At($"/rooms?pair={Pair}{columns}").Render<RoomsPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 3);
        Assert.Equal(titles, string.Join('|', page.FindAll("thead th").Select(x => x.TextContent.Trim()).Where(x => x.Length > 0)));
        // Each row is as wide as the second line of the head: the box, the comparison and the batch stand in the first.
        var width = page.FindAll("col").Count;
        Assert.All(page.FindAll("tbody tr"), row => Assert.Equal(width, row.QuerySelectorAll("td").Sum(x => int.Parse(x.GetAttribute("colspan") ?? "1", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(width, page.Find("thead tr").QuerySelectorAll("th").Sum(x => int.Parse(x.GetAttribute("colspan") ?? "1", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Menu_Clicked_PutsTheColumnsIntoTheAddressAndBack()
    {
        await using var portal = await BatchApiTests.ScannedAsync();
        await using var context = PageContext.As(portal, "planner");
        var popovers = context.RenderPopovers();
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 3 && page.FindAll(".list-menu button").Count == 3);
        await page.InvokeAsync(() => page.FindAll(".list-menu button")[1].ClickAsync());
        popovers.WaitForElement(".mud-menu-item");
        Assert.Equal(["Privacy (hidden)", "People (shown)", "Managers (hidden)", "Last message (shown)", "Batch (shown)"], popovers.FindAll(".mud-menu-item").Select(x => x.TextContent.Trim()));
        await popovers.InvokeAsync(() => popovers.FindAll(".mud-menu-item")[0].ClickAsync());
        page.WaitForState(() => page.FindAll("thead th").Any(x => x.TextContent.Trim() == "Privacy"));
        Assert.EndsWith("columns=privacy,people,last,batch", Uri.UnescapeDataString(context.Services.GetRequiredService<NavigationManager>().Uri), StringComparison.Ordinal);
        await popovers.InvokeAsync(() => popovers.FindAll(".mud-menu-item")[^1].ClickAsync());
        page.WaitForState(() => page.FindAll("thead th").All(x => x.TextContent.Trim() != "Privacy"));
        Assert.DoesNotContain("columns", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }
}
